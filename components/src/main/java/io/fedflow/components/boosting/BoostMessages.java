package io.fedflow.components.boosting;

import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.List;
import java.util.stream.Stream;

/** The messages of {@link HeteroSecureBoost}. Repeated ones are named by tree, level and part. */
final class BoostMessages {

  static final MessageTag FOLDS = MessageTag.of("sbt_folds");
  static final MessageTag PLAN = MessageTag.of("sbt_plan");
  static final MessageTag KEY = MessageTag.of("sbt_key");
  static final String TREE = "sbt_tree";
  static final String ROWS = "sbt_rows";
  static final String GRADIENTS = "sbt_gradients";
  static final String COUNTS = "sbt_counts";
  static final String SUMS = "sbt_sums";
  static final String CHOICE = "sbt_choice";
  static final String DIRECTIONS = "sbt_directions";
  static final String LEVEL = "sbt_level";
  static final String SKELETON = "sbt_skeleton";
  static final String STOP = "sbt_stop";
  static final String AT_NODES = "sbt_at_nodes";
  static final String NEXT_NODES = "sbt_next_nodes";
  static final String VALIDATION_STATUS = "sbt_validation_status";
  static final MessageTag GAINS = MessageTag.of("sbt_gains");
  static final MessageTag SPLITS = MessageTag.of("sbt_splits");
  static final MessageTag COLUMNS = MessageTag.of("sbt_columns");
  static final MessageTag COLUMN_GAINS = MessageTag.of("sbt_column_gains");

  static final List<MessageDeclaration> ALL =
      Stream.concat(
              RowAgreement.MESSAGES.stream(),
              Stream.of(
                  toHost(
                      FOLDS.name(),
                      "which rows are in which fold of a cross-validation, by position"),
                  toHost(
                      PLAN.name(),
                      "what is to be done, row count, trees of a round, when validation is due"),
                  toHost(KEY.name(), "the guest's public key"),
                  toHost(TREE, "whether the host's columns may split the next tree"),
                  toHost(ROWS, "positions of the rows that the next tree is grown on"),
                  MessageDeclaration.ciphertext(
                      GRADIENTS, Role.GUEST, Role.GUEST, Role.HOST, "nothing"),
                  toGuest(
                      COUNTS,
                      "how many rows of a node each candidate of the host would send left, in an"
                          + " order of its own"),
                  MessageDeclaration.ciphertext(
                      SUMS,
                      Role.GUEST,
                      Role.HOST,
                      Role.GUEST,
                      "sums of derivatives of the rows that each such candidate would send left"),
                  toHost(CHOICE, "which of its candidates split which nodes"),
                  toGuest(DIRECTIONS, "which rows its splits send left"),
                  toHost(
                      LEVEL,
                      "which nodes are split, and which rows are in which of their children"),
                  toHost(SKELETON, "which party splits each node of a finished tree"),
                  toHost(STOP, "whether training is over"),
                  toHost(AT_NODES, "which predicted rows come to which of its nodes"),
                  toGuest(NEXT_NODES, "which nodes such rows go to"),
                  toHost(VALIDATION_STATUS, "how many validations each metric has gained nothing"),
                  MessageDeclaration.ciphertext(
                      GAINS.name(), Role.GUEST, Role.GUEST, Role.HOST, "nothing"),
                  toGuest(SPLITS.name(), "how many nodes each of its columns splits"),
                  toGuest(COLUMNS.name(), "anonymous names of its columns that split nodes"),
                  MessageDeclaration.ciphertext(
                      COLUMN_GAINS.name(),
                      Role.GUEST,
                      Role.HOST,
                      Role.GUEST,
                      "what all splits of each of these columns gained together")))
          .toList();

  private BoostMessages() {}

  /** A message that does not say what it should. */
  static FedflowException malformed(Party from, String found) {
    return FedflowException.peer("boost.message", from + " sent " + found);
  }

  private static MessageDeclaration toHost(String name, String learns) {
    return MessageDeclaration.open(name, Role.GUEST, Role.HOST, learns);
  }

  private static MessageDeclaration toGuest(String name, String learns) {
    return MessageDeclaration.open(name, Role.HOST, Role.GUEST, learns);
  }
}
