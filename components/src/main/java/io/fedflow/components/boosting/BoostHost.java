package io.fedflow.components.boosting;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.boosting.FeatureBins.Features;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.AnonymousNames;
import io.fedflow.table.Table;
import java.util.List;

/** A host's part: columns without labels. It sees no derivative, weight or score. */
final class BoostHost {

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Params params;
  private final Federation federation;
  private final Party guest;
  private BoostPlan plan;

  BoostHost(TaskContext context, CryptoSuite suite) {
    this.context = context;
    this.suite = suite;
    this.params = context.params();
    this.federation = context.federation();
    this.guest = federation.parties(Role.GUEST).get(0);
  }

  TaskOutputs run() throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(context.inputs());
    inputs.requireTrainOrTest(BoostModel.MODULE);
    plan = BoostPlan.decode(federation.receive(guest, BoostMessages.PLAN));
    if (plan.trains() != inputs.learns() || plan.validates() != inputs.validate().isPresent()) {
      throw FedflowException.invalid(
          "inputs.mixed",
          "the guest "
              + (plan.trains() ? "trains" : "predicts")
              + (plan.validates() ? " and validates" : "")
              + ", but this host's inputs ask for "
              + inputs.action());
    }
    BoostModel stored = inputs.model().map(BoostModel::of).orElse(null);
    if (plan.start() != (stored == null ? 0 : stored.rounds())
        || stored != null && stored.dimensions() != plan.dimensions()) {
      throw FedflowException.invalid(
          "boost.model",
          "the given model has "
              + (stored == null ? 0 : stored.rounds())
              + " rounds, that of the guest "
              + plan.start()
              + "; allowed is the model of one training");
    }
    return plan.trains() ? train(inputs, stored) : predict(inputs, stored);
  }

  private TaskOutputs predict(ActionPlan inputs, BoostModel stored) throws InterruptedException {
    ModelMessage meta = inputs.model().orElseThrow().meta();
    Table aligned = align(inputs.table(), stored.header(), 0);
    Features features =
        Features.of(aligned, meta.bool("use_missing"), meta.bool("zero_as_missing"));
    HostWalk.answer(context, stored.trees(), features, GuestRounds.FINAL_SCOPE);
    return TaskOutputs.none();
  }

  private TaskOutputs train(ActionPlan inputs, BoostModel stored) throws InterruptedException {
    BoostSettings settings = BoostSettings.of(params);
    Table table =
        stored == null ? inputs.table() : TrainedColumns.align(inputs.table(), stored.header());
    List<String> header = table.schema().header();
    if (header.isEmpty()) {
      throw FedflowException.invalid(
          "features.empty",
          BoostModel.MODULE + ": found no feature column at this host, allowed is at least one");
    }
    features(table, settings);
    ValidationSettings validates = ValidationSettings.of(params, type());
    plan.requireValidation(validates);
    Table train = RowAgreement.align(context, table, 0);
    if (plan.rows() != train.rowCount()) {
      throw BoostMessages.malformed(guest, "a plan about other rows");
    }
    Features validate =
        inputs.validate().isPresent()
            ? features(align(inputs.validate().get(), header, 1), settings)
            : null;
    FeatureBins bins = FeatureBins.of(features(train, settings), settings.bins());
    HostTraining training = new HostTraining(context, suite, settings, plan, bins, validates);
    List<String> anonymous =
        List.copyOf(AnonymousNames.of(train.schema(), context.self()).values());
    BoostModel model = training.run(stored, validate, anonymous);
    return TaskOutputs.of(model.toStored(context.task().component(), context.self(), params));
  }

  private EvalType type() {
    return BoostSettings.regression(params)
        ? EvalType.REGRESSION
        : plan.dimensions() > 1 ? EvalType.MULTI : EvalType.BINARY;
  }

  private static Features features(Table table, BoostSettings settings) {
    return Features.of(table, settings.useMissing(), settings.zeroAsMissing());
  }

  private Table align(Table table, List<String> header, int round) throws InterruptedException {
    return RowAgreement.align(context, TrainedColumns.align(table, header), round);
  }
}
