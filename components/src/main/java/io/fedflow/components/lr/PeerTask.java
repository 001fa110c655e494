package io.fedflow.components.lr;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.crossvalidation.CrossValidation;
import io.fedflow.components.crossvalidation.Folds;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The task of a host or of the arbiter: follows the guest, once per model. */
final class PeerTask {

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Family family;
  private final boolean arbiter;
  private int folds = 1;

  PeerTask(TaskContext context, CryptoSuite suite, Family family) {
    this.context = context;
    this.suite = suite;
    this.family = family;
    this.arbiter = context.self().role().equals(Role.ARBITER);
  }

  TaskOutputs run() throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(context.inputs());
    if (!arbiter) {
      LrInputs.requireTable(inputs, family);
    }
    LrWork work = LrWork.receive(context);
    if (work.kind() == LrWork.Kind.MODELS) {
      return models(context, work);
    }
    folds = work.count();
    CrossValidation.Run inFold = fold -> models(fold, LrWork.receiveInFold(fold));
    if (arbiter) {
      return new CrossValidation(context, inFold).withoutRows();
    }
    inputs.requireTrainingAlone("cv_param.need_cv");
    Table rows = RowAgreement.align(context, inputs.table(), 0);
    Party guest = context.federation().parties(Role.GUEST).get(0);
    Folds dealt =
        Folds.decode(
            context.federation().receive(guest, LrMessages.FOLDS), guest, rows.rowCount(), folds);
    return new CrossValidation(context, inFold).of(rows, dealt, family.type());
  }

  /** Takes part in trainings or predictions, in a task or in a fold. */
  private TaskOutputs models(TaskContext within, LrWork work) throws InterruptedException {
    Optional<LrModels> stored = within.inputs().model().map(model -> LrModels.of(family, model));
    if (stored.isPresent() && stored.get().models().size() != work.count()) {
      throw FedflowException.invalid(
          "lr.model",
          "model: found one of "
              + stored.get().models().size()
              + " classes, allowed is one of "
              + work.count()
              + ", as the guest has it");
    }
    List<LrModel> trained = new ArrayList<>();
    for (int k = 0; k < work.count(); k++) {
      int which = k;
      Optional<LrModel> ofClass = stored.map(models -> models.models().get(which));
      TaskContext part = GuestTask.part(within, k, work.count(), within.inputs());
      Optional<LrModel> model =
          arbiter
              ? new LrArbiter(part, suite, family).run(ofClass)
              : new LrHost(part, suite, family, folds * work.count()).run(ofClass);
      model.ifPresent(trained::add);
    }
    if (trained.isEmpty()) {
      return TaskOutputs.none();
    }
    LrModels models = LrModels.unnamed(family, trained);
    within.tracker().summary(arbiter ? models.arbiterSummary() : models.summary());
    return TaskOutputs.of(models.toStored(context.task().component(), context.params()));
  }
}
