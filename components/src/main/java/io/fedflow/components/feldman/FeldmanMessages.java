package io.fedflow.components.feldman;

import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.Protection;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The messages of {@link FeldmanVerifiableSum}. */
final class FeldmanMessages {

  static final String SHARES = "feldman_shares";
  static final String COMMITMENTS = "feldman_commitments";
  static final String SUMS = "feldman_sums";

  private static final Set<Role> BOTH = Set.of(Role.GUEST, Role.HOST);

  static final List<MessageDeclaration> ALL =
      Stream.concat(
              RowAgreement.MESSAGES.stream(),
              Stream.of(
                  new MessageDeclaration(
                      SHARES,
                      Protection.MASKED,
                      null,
                      BOTH,
                      BOTH,
                      "how many rows and columns are added"),
                  new MessageDeclaration(
                      COMMITMENTS,
                      Protection.MASKED,
                      null,
                      BOTH,
                      BOTH,
                      "how many rows and columns are added"),
                  MessageDeclaration.masked(
                      SUMS,
                      Role.HOST,
                      Role.GUEST,
                      "together with those of all other hosts, the sum of all parties' values of"
                          + " every row and column; of one host that is its every value")))
          .toList();

  private FeldmanMessages() {}
}
