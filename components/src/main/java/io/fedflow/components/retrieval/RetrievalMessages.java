package io.fedflow.components.retrieval;

import static io.fedflow.party.Role.GUEST;
import static io.fedflow.party.Role.HOST;

import io.fedflow.components.intersection.PrivateMatch;
import io.fedflow.federation.MessageDeclaration;
import java.util.List;
import java.util.stream.Stream;

/** The messages of {@link SecureInformationRetrieval}. */
final class RetrievalMessages {

  static final String SETTINGS = "retrieval_settings";
  static final String WIDTHS = "retrieval_widths";
  static final String ANNOUNCEMENT = "retrieval_announcement";
  static final String CHOICE = "retrieval_choice";
  static final String BLOCK_ROWS = "retrieval_block_rows";
  static final String BLOCK_VALUES = "retrieval_block_values";

  static final List<MessageDeclaration> ALL =
      Stream.concat(
              PrivateMatch.MESSAGES.stream(),
              Stream.of(
                  MessageDeclaration.open(
                      SETTINGS,
                      GUEST,
                      HOST,
                      "how many blocks, a hash of the wanted columns' names"),
                  MessageDeclaration.open(
                      WIDTHS, HOST, GUEST, "the length of the longest value of each wanted column"),
                  MessageDeclaration.masked(
                      ANNOUNCEMENT, HOST, GUEST, "nothing: a point times a secret"),
                  MessageDeclaration.masked(CHOICE, GUEST, HOST, "nothing: a uniform point"),
                  MessageDeclaration.open(
                      BLOCK_ROWS,
                      GUEST,
                      HOST,
                      "how many ids are common; sets of its rows, one of which, it does not learn"
                          + " which, is that of all common rows; with security_level 0 that set"),
                  MessageDeclaration.masked(
                      BLOCK_VALUES,
                      HOST,
                      GUEST,
                      "the wanted values of the common rows, from the one block that it can open")))
          .toList();

  private RetrievalMessages() {}
}
