package io.fedflow.components.lr;

import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Protection;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The messages of {@link HeteroLR}. Repeated ones are named by iteration and batch. */
final class LrMessages {

  static final MessageTag WORK = MessageTag.of("lr_work");
  static final MessageTag FOLDS = MessageTag.of("lr_folds");
  static final MessageTag COLUMNS = MessageTag.of("lr_columns");
  static final String BEST = "lr_best";
  static final MessageTag PLAN = MessageTag.of("lr_plan");
  static final MessageTag KEY = MessageTag.of("lr_key");
  static final String BATCH = "lr_batch";
  static final String HOST_SIGNAL = "lr_host_signal";
  static final String GUEST_SIGNAL = "lr_guest_signal";
  static final String HOST_GRADIENT = "lr_host_gradient";
  static final String GUEST_GRADIENT = "lr_guest_gradient";
  static final String HOST_LOSS = "lr_host_loss";
  static final String LOSS = "lr_loss";
  static final String STEP = "lr_step";
  static final String STOP = "lr_stop";
  static final String HOST_SCORES = "lr_host_scores";
  static final String VALIDATION_SCORES = "lr_validation_scores";
  static final String VALIDATION_STATUS = "lr_validation_status";

  /** Which rows {@link #VALIDATION_SCORES} are about; part of its name. */
  static final int TRAIN_ROWS = 0;

  static final int VALIDATE_ROWS = 1;

  static final List<MessageDeclaration> ALL = declared();

  private LrMessages() {}

  private static List<MessageDeclaration> declared() {
    List<MessageDeclaration> all = new ArrayList<>(RowAgreement.MESSAGES);
    all.add(
        open(
            WORK.name(),
            Set.of(Role.GUEST),
            Set.of(Role.HOST, Role.ARBITER),
            "how many folds a cross-validation has, how many classes are told apart, or how a"
                + " search for columns goes"));
    all.add(
        open(
            FOLDS.name(),
            Set.of(Role.GUEST),
            Set.of(Role.HOST),
            "which rows are in which fold of a cross-validation, by position"));
    all.add(
        open(
            COLUMNS.name(),
            Set.of(Role.GUEST, Role.HOST),
            Set.of(Role.GUEST, Role.HOST, Role.ARBITER),
            "the anonymous names of the columns that a search chooses from"));
    all.add(
        open(
            BEST,
            Set.of(Role.ARBITER),
            Set.of(Role.GUEST, Role.HOST),
            "which choice of columns, of those that a step compares, has the lowest criterion"));
    all.add(
        open(
            PLAN.name(),
            Set.of(Role.GUEST),
            Set.of(Role.HOST, Role.ARBITER),
            "what is to be done, row count, batch sizes, when validation is due"));
    all.add(
        open(KEY.name(), Set.of(Role.ARBITER), Set.of(Role.GUEST, Role.HOST), "the public key"));
    all.add(open(BATCH, Set.of(Role.GUEST), Set.of(Role.HOST), "positions of the rows of a batch"));
    all.add(
        MessageDeclaration.ciphertext(HOST_SIGNAL, Role.ARBITER, Role.HOST, Role.GUEST, "nothing"));
    all.add(
        MessageDeclaration.ciphertext(
            GUEST_SIGNAL, Role.ARBITER, Role.GUEST, Role.HOST, "nothing"));
    all.add(
        MessageDeclaration.ciphertext(
            HOST_GRADIENT,
            Role.ARBITER,
            Role.HOST,
            Role.ARBITER,
            "the host's gradient of a batch"));
    all.add(
        MessageDeclaration.ciphertext(
            GUEST_GRADIENT,
            Role.ARBITER,
            Role.GUEST,
            Role.ARBITER,
            "the guest's gradient of a batch"));
    all.add(
        MessageDeclaration.ciphertext(
            HOST_LOSS,
            Role.ARBITER,
            Role.HOST,
            Role.GUEST,
            "the order of magnitude of the host's largest feature"));
    all.add(
        MessageDeclaration.ciphertext(
            LOSS, Role.ARBITER, Role.GUEST, Role.ARBITER, "the loss of a batch"));
    all.add(
        open(
            STEP, Set.of(Role.ARBITER), Set.of(Role.GUEST, Role.HOST), "how its own weights move"));
    all.add(
        open(
            STOP, Set.of(Role.ARBITER), Set.of(Role.GUEST, Role.HOST), "whether training is over"));
    all.add(
        open(
            HOST_SCORES,
            Set.of(Role.HOST),
            Set.of(Role.GUEST),
            "the host's part of the linear score of every predicted row"));
    all.add(
        open(
            VALIDATION_SCORES,
            Set.of(Role.HOST),
            Set.of(Role.GUEST),
            "the host's part of the linear score of every row at a validation while training"));
    all.add(
        open(
            VALIDATION_STATUS,
            Set.of(Role.GUEST),
            Set.of(Role.HOST, Role.ARBITER),
            "how many validations each metric has gained nothing"));
    return List.copyOf(all);
  }

  private static MessageDeclaration open(String name, Set<Role> from, Set<Role> to, String learns) {
    return new MessageDeclaration(name, Protection.PUBLIC, null, from, to, learns);
  }
}
