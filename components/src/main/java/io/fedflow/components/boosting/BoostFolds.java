package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.crossvalidation.CrossValidation;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.crossvalidation.Folds;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;

/** Grows trees once per fold; the guest deals the rows out. Used by one thread. */
final class BoostFolds {

  private final TaskContext context;
  private final CryptoSuite suite;

  BoostFolds(TaskContext context, CryptoSuite suite) {
    this.context = context;
    this.suite = suite;
  }

  TaskOutputs run() throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(context.inputs());
    inputs.requireTrainOrTest(BoostModel.MODULE);
    inputs.requireTrainingAlone("cv_param.need_cv");
    if (inputs.action() != ActionPlan.Action.TRAIN) {
      throw FedflowException.invalid(
          "inputs.missing", BoostModel.MODULE + ": no train_data, which cross-validation cuts");
    }
    FoldSettings settings = FoldSettings.of(context.params());
    settings.requireRows(inputs.table().rowCount());
    boolean guest = context.self().role().equals(Role.GUEST);
    EvalType type = guest ? BoostGuest.type(context.params(), inputs.table()) : EvalType.REGRESSION;
    Table rows = RowAgreement.align(context, inputs.table(), 0);
    return new CrossValidation(context, fold -> HeteroSecureBoost.once(fold, suite))
        .of(rows, guest ? deal(rows, settings) : receive(rows, settings), type);
  }

  private Folds deal(Table rows, FoldSettings settings) throws InterruptedException {
    Folds folds = Folds.deal(rows.rowCount(), settings, context.seed());
    context
        .federation()
        .sendAll(context.federation().parties(Role.HOST), BoostMessages.FOLDS, folds.encode());
    return folds;
  }

  private Folds receive(Table rows, FoldSettings settings) throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    return Folds.decode(
        context.federation().receive(guest, BoostMessages.FOLDS),
        guest,
        rows.rowCount(),
        settings.splits());
  }
}
