package io.fedflow.components.boosting;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.boosting.FeatureBins.Features;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The guest's part: decides what is done, trains through {@link GuestTraining}, and predicts. */
final class BoostGuest {

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Params params;
  private final Federation federation;
  private final List<Party> hosts;

  BoostGuest(TaskContext context, CryptoSuite suite) {
    this.context = context;
    this.suite = suite;
    this.params = context.params();
    this.federation = context.federation();
    this.hosts = federation.parties(Role.HOST);
  }

  TaskOutputs run() throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(context.inputs());
    inputs.requireTrainOrTest(BoostModel.MODULE);
    if (hosts.isEmpty()) {
      throw FedflowException.invalid(
          "parties.roles", BoostModel.MODULE + ": found no host, allowed is at least one");
    }
    if (hosts.size() > 1 && BoostSettings.strategy(params).equals(BoostParameters.LAYERED)) {
      throw FedflowException.invalid(
          "parties.roles",
          BoostModel.MODULE
              + ": found "
              + hosts.size()
              + " hosts, allowed for strategy layered is one");
    }
    return inputs.learns() ? train(inputs) : predict(inputs);
  }

  private TaskOutputs train(ActionPlan inputs) throws InterruptedException {
    BoostSettings settings = BoostSettings.of(params);
    BoostModel stored = inputs.model().map(this::startingPoint).orElse(null);
    Table table =
        stored == null ? inputs.table() : TrainedColumns.align(inputs.table(), stored.header());
    // Whatever is wrong with own data ends the task before anybody else works for it.
    Targets targets = targets(params, table, stored);
    Targets.weights(table);
    Features.of(table, settings.useMissing(), settings.zeroAsMissing());
    Objective objective = BoostSettings.objective(params, targets.classes().size());
    ValidationSettings validates = ValidationSettings.of(params, type(targets.classes()));
    requireRowsFor(validates, inputs);
    announce(
        new BoostPlan(
            true,
            inputs.validate().isPresent(),
            stored == null ? 0 : stored.rounds(),
            table.rowCount(),
            objective.dimensions(),
            params.bool("cipher_compress"),
            validates.terms()));
    Table train = RowAgreement.align(context, table, 0);
    Table validate =
        inputs.validate().isPresent()
            ? align(inputs.validate().get(), table.schema().header(), 1)
            : null;
    Features trainFeatures = features(train, settings);
    Features validateFeatures = validate == null ? null : features(validate, settings);
    GuestTraining training =
        new GuestTraining(
            context,
            suite,
            settings,
            train,
            FeatureBins.of(trainFeatures, settings.bins()),
            targets(params, train, stored),
            objective,
            stored);
    GuestRounds rounds =
        new GuestRounds(
            context,
            validates,
            objective,
            targets.classes(),
            train,
            validate,
            validateFeatures,
            validate == null
                ? null
                : new Scoring(settings.learningRate(), training.initial(), validate.rowCount()));
    GuestTraining.Trained trained = training.run(rounds);
    Table predicted = rounds.predictions(train, trained.scores(), "train");
    if (validate != null) {
      Scoring scoring =
          new Scoring(settings.learningRate(), training.initial(), validate.rowCount());
      scoring.walk(context, trained.model().trees(), 0, validateFeatures, GuestRounds.FINAL_SCOPE);
      predicted =
          PredictionTables.union(
              predicted, rounds.predictions(validate, scoring.scores(), "validate"));
    }
    context.tracker().summary(summary(trained, rounds));
    return TaskOutputs.of(
        predicted, trained.model().toStored(context.task().component(), context.self(), params));
  }

  private BoostModel startingPoint(ComponentModel model) {
    BoostModel stored = BoostModel.of(model);
    requireSites(stored);
    boolean regression = BoostSettings.regression(params);
    if (regression != stored.classes().isEmpty()) {
      throw FedflowException.invalid(
          "boost.model",
          "the given model is of "
              + (regression ? "classes" : "values")
              + ", task_type is "
              + params.text("task_type"));
    }
    if (model.meta().number("learning_rate") != params.number("learning_rate")) {
      throw FedflowException.invalid(
          "boost.model",
          "learning_rate: found "
              + params.number("learning_rate")
              + ", allowed is that of the given model, "
              + model.meta().number("learning_rate"));
    }
    return stored;
  }

  /** What is predicted of rows that have a label each. */
  static EvalType type(Params params, Table table) {
    return type(targets(params, table, null).classes());
  }

  private static Targets targets(Params params, Table table, BoostModel stored) {
    return BoostSettings.regression(params)
        ? Targets.values(table, BoostSettings.objective(params, 0))
        : Targets.classes(table, stored == null ? null : stored.classes());
  }

  private static EvalType type(List<String> classes) {
    return classes.isEmpty()
        ? EvalType.REGRESSION
        : classes.size() == 2 ? EvalType.BINARY : EvalType.MULTI;
  }

  private static Features features(Table table, BoostSettings settings) {
    return Features.of(table, settings.useMissing(), settings.zeroAsMissing());
  }

  private static void requireRowsFor(ValidationSettings settings, ActionPlan inputs) {
    if (settings.stopsEarly() && inputs.validate().isEmpty()) {
      throw FedflowException.invalid(
          "boost.early_stopping",
          "early_stopping_rounds: found "
              + settings.rounds()
              + " without validate_data, allowed is null, or validate_data as well");
    }
  }

  private TaskOutputs predict(ActionPlan inputs) throws InterruptedException {
    ComponentModel model = inputs.model().orElseThrow();
    BoostModel stored = BoostModel.of(model);
    requireSites(stored);
    ModelMessage meta = model.meta();
    Table own = TrainedColumns.align(inputs.table(), stored.header());
    Features.of(own, meta.bool("use_missing"), meta.bool("zero_as_missing"));
    announce(
        new BoostPlan(
            false, false, stored.rounds(), own.rowCount(), stored.dimensions(), false, List.of()));
    Table aligned = RowAgreement.align(context, own, 0);
    Scoring scoring =
        new Scoring(
            meta.number("learning_rate"),
            stored.initial().stream().mapToDouble(Double::doubleValue).toArray(),
            aligned.rowCount());
    scoring.walk(
        context,
        stored.trees(),
        0,
        Features.of(aligned, meta.bool("use_missing"), meta.bool("zero_as_missing")),
        GuestRounds.FINAL_SCOPE);
    Objective objective = BoostMeta.objective(meta, stored.classes().size());
    return TaskOutputs.of(
        BoostPredictions.of(
            aligned,
            objective.outputs(scoring.scores()),
            stored.classes(),
            params.object("predict_param").number("threshold"),
            "predict"));
  }

  /** A walk through a tree needs every party that splits a node. */
  private void requireSites(BoostModel model) {
    Set<String> present =
        context.parties().all().stream().map(Party::toString).collect(Collectors.toSet());
    for (Tree tree : model.trees()) {
      for (TreeNode node : tree.nodes()) {
        if (!present.contains(node.site())) {
          throw FedflowException.invalid(
              "boost.parties",
              "the given model has nodes of "
                  + node.site()
                  + ", which is not in this job; allowed are the parties that trained it");
        }
      }
    }
    if (model.initial().size() != model.dimensions()) {
      throw FedflowException.invalid(
          "boost.model",
          "the given model has "
              + model.initial().size()
              + " initial scores for "
              + model.dimensions()
              + " trees of a round");
    }
  }

  private void announce(BoostPlan plan) throws InterruptedException {
    federation.sendAll(hosts, BoostMessages.PLAN, plan.encode());
  }

  private Table align(Table table, List<String> header, int round) throws InterruptedException {
    return RowAgreement.align(context, TrainedColumns.align(table, header), round);
  }

  private Map<String, Object> summary(GuestTraining.Trained trained, GuestRounds rounds) {
    String type = params.object("tree_param").text("feature_importance_type");
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("loss_history", trained.model().losses());
    summary.put("best_iteration", trained.model().bestIteration());
    summary.put("feature_importance", Importance.summary(trained.model().importances(), type));
    summary.put("validation_metrics", rounds.history());
    summary.put("is_converged", trained.converged());
    return summary;
  }
}
