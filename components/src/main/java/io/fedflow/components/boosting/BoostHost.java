package io.fedflow.components.boosting;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.boosting.FeatureBins.Features;
import io.fedflow.components.columns.AnonymousNames;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.PaillierCipher;
import io.fedflow.components.crypto.PaillierPublicKey;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.components.validation.BestSoFar;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A host's part: columns without labels. It sees no derivative, weight or score. */
final class BoostHost {

  private static final int LAST_STOP = 2;

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
    HostWalk.answer(context, stored.trees(), features, aligned.rowCount(), GuestRounds.FINAL_SCOPE);
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
    Table validate =
        inputs.validate().isPresent() ? align(inputs.validate().get(), header, 1) : null;
    Features validateFeatures = validate == null ? null : features(validate, settings);
    FeatureBins bins = FeatureBins.of(features(train, settings), settings.bins());
    PaillierCipher cipher =
        suite.paillier(
            PaillierPublicKey.decode(
                federation.receive(guest, BoostMessages.KEY).as(Payload.Format.BYTES)),
            ComputePool.of(context.compute(), context.parallelism()));
    List<Tree> trees = new ArrayList<>();
    if (stored != null) {
      trees.addAll(stored.trees());
      HostWalk.answer(context, trees, bins.features(), train.rowCount(), GuestRounds.START_SCOPE);
    }
    BestSoFar<Integer> best = new BestSoFar<>(validates.tracked().size(), validates.rounds());
    CandidateOrder order = new CandidateOrder(bins.features(), settings.seed());
    long stop = 0;
    boolean ends = false;
    for (int round = plan.start(); stop == 0 && !ends; round++) {
      growRound(round, trees, cipher, settings, bins, order);
      stop = receiveStop(round);
      if (validates.due(round) && validate != null) {
        HostWalk.answer(
            context,
            trees,
            validateFeatures,
            validate.rowCount(),
            GuestRounds.FIRST_ROUND_SCOPE + round);
      }
      if (validates.due(round) && validates.stopsEarly()) {
        MessageTag tag = MessageTag.of(BoostMessages.VALIDATION_STATUS, round);
        ends = best.update(guest, federation.receive(guest, tag).asLongs(), round, round);
      }
    }
    int rounds = trees.size() / plan.dimensions();
    int chosen = best.chosen().map(BestSoFar.Kept::iteration).orElse(BoostModel.NO_BEST_ITERATION);
    int kept = chosen < 0 ? rounds : chosen + 1;
    List<String> anonymous =
        List.copyOf(AnonymousNames.of(train.schema(), context.self()).values());
    List<Tree> keptTrees = trees.subList(0, kept * plan.dimensions());
    GainsOfHosts.answer(
        context,
        cipher,
        keptTrees.subList(plan.start() * plan.dimensions(), keptTrees.size()),
        anonymous);
    if (validate != null) {
      HostWalk.answer(
          context, keptTrees, validateFeatures, validate.rowCount(), GuestRounds.FINAL_SCOPE);
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("best_iteration", chosen);
    summary.put("is_converged", stop == 1 && kept == rounds);
    context.tracker().summary(summary);
    ComponentModel model =
        new BoostModel(
                header,
                anonymous,
                keptTrees,
                plan.dimensions(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                chosen)
            .toStored(context.task().component(), context.self(), params);
    return TaskOutputs.of(model);
  }

  private void growRound(
      int round,
      List<Tree> trees,
      PaillierCipher cipher,
      BoostSettings settings,
      FeatureBins bins,
      CandidateOrder order)
      throws InterruptedException {
    for (int dimension = 0; dimension < plan.dimensions(); dimension++) {
      int number = round * plan.dimensions() + dimension;
      trees.add(
          new HostTree(context, cipher, settings, bins, order, plan.packed(), number)
              .grow(
                  plan.rows(),
                  Samples.columns(settings, context.self(), bins.features().columns(), number)));
    }
    context
        .tracker()
        .progress(Math.min(1, (round + 1.0) / settings.rounds()), "round " + (round + 1));
  }

  private long receiveStop(int round) throws InterruptedException {
    long[] told = federation.receive(guest, MessageTag.of(BoostMessages.STOP, round)).asLongs();
    if (told.length != 1 || told[0] < 0 || told[0] > LAST_STOP) {
      throw BoostMessages.malformed(guest, "a word about the end that is none");
    }
    return told[0];
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
