package io.fedflow.components.homolr;

import io.fedflow.components.aggregation.SumMessages;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.Protection;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The messages of {@link HomoLR}. */
final class HomoLrMessages {

  static final String WORK = "homo_lr_work";
  static final String JOIN = "homo_lr_join";
  static final String CLASSES = "homo_lr_classes";
  static final String STOP = "homo_lr_stop";

  /** Sums of weights, of losses and of counts of rows: below 2^27. */
  static final int MAGNITUDE_BITS = 27;

  private static final Set<Role> MEMBERS = Set.of(Role.GUEST, Role.HOST);
  private static final Set<Role> ARBITER = Set.of(Role.ARBITER);

  static final List<MessageDeclaration> ALL =
      Stream.concat(
              SumMessages.ALL.stream(),
              Stream.of(
                  new MessageDeclaration(
                      WORK,
                      Protection.PUBLIC,
                      null,
                      MEMBERS,
                      ARBITER,
                      "how many folds the sender's cross-validation has"),
                  new MessageDeclaration(
                      JOIN,
                      Protection.PUBLIC,
                      null,
                      MEMBERS,
                      ARBITER,
                      "what the sender does, a digest of its columns' names, and which labels it"
                          + " has"),
                  new MessageDeclaration(
                      CLASSES,
                      Protection.PUBLIC,
                      null,
                      ARBITER,
                      MEMBERS,
                      "which labels there are at all parties together"),
                  new MessageDeclaration(
                      STOP,
                      Protection.PUBLIC,
                      null,
                      ARBITER,
                      MEMBERS,
                      "whether the training goes on")))
          .toList();

  private HomoLrMessages() {}
}
