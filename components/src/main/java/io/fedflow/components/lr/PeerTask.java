package io.fedflow.components.lr;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.crossvalidation.CrossValidation;
import io.fedflow.components.crossvalidation.Folds;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.stepwise.StepRules;
import io.fedflow.components.stepwise.Subset;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    return switch (work.kind()) {
      case MODELS -> models(context, work);
      case FOLDS -> folds(inputs, work);
      case STEPS -> steps(inputs);
    };
  }

  private TaskOutputs folds(ActionPlan inputs, LrWork work) throws InterruptedException {
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

  private TaskOutputs steps(ActionPlan inputs) throws InterruptedException {
    LrSteps steps;
    LrModel best;
    if (arbiter) {
      steps = new LrSteps(context, StepColumns.receive(context), Optional.empty(), List.of());
      best = steps.search(this::judged).model();
      new LrArbiter(steps.selected(), suite, family).run(Optional.empty());
    } else {
      inputs.requireTrainingAlone("stepwise_param.need_stepwise");
      Table table = inputs.table();
      FeatureCheck.of(table);
      StepColumns columns = StepColumns.exchange(context, table.schema());
      steps = new LrSteps(context, columns, Optional.of(table), table.schema().header());
      best =
          steps
              .search((part, subset) -> Candidate.of(new LrHost(part, suite, family, 0).fit()))
              .model();
      new LrHost(steps.selected(), suite, family, 1).predict(best);
    }
    LrModels models = LrModels.unnamed(family, List.of(best));
    Map<String, Object> summary = arbiter ? models.arbiterSummary() : models.summary();
    summary.putAll(steps.summary());
    context.tracker().summary(summary);
    return TaskOutputs.of(models.toStored(context.task().component(), context.params()));
  }

  private Candidate judged(TaskContext part, Subset subset) throws InterruptedException {
    LrArbiter training = new LrArbiter(part, suite, family);
    LrModel model =
        training
            .run(Optional.empty())
            .orElseThrow(
                () -> FedflowException.peer("lr.message", "the guest trains no candidate"));
    if (model.losses().isEmpty()) {
      throw FedflowException.peer("lr.message", "the guest's plan of a candidate has no loss");
    }
    double loss = model.losses().get(model.losses().size() - 1);
    int intercept = context.params().object("init_param").bool("fit_intercept") ? 1 : 0;
    double criterion =
        StepRules.of(context.params())
            .criterion(
                training.rows(), subset.size() + intercept, family.deviance(training.rows(), loss));
    return new Candidate(model, loss, criterion);
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
