package io.fedflow.components.homolr;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.crossvalidation.CrossValidation;
import io.fedflow.components.crossvalidation.FoldSettings;
import io.fedflow.components.crossvalidation.Folds;
import io.fedflow.components.evaluation.EvalType;
import io.fedflow.components.linear.InitialWeights;
import io.fedflow.components.linear.LinearParameters;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.predictions.PredictionTables;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.components.validation.KeptModels;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of a guest or host. */
final class HomoLrMember {

  private final TaskContext context;
  private final Params params;
  private final Federation federation;

  HomoLrMember(TaskContext context) {
    this.context = context;
    this.params = context.params();
    this.federation = context.federation();
  }

  TaskOutputs run() throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(context.inputs());
    inputs.requireTrainOrTest(HomoLR.MODULE);
    Party arbiter = arbiter();
    int splits = HomoLrParameters.folds(params);
    federation.send(arbiter, MessageTag.of(HomoLrMessages.WORK), Payload.ofLongs(splits));
    if (splits == 0) {
      return models(inputs, arbiter);
    }
    inputs.requireTrainingAlone("cv_param.need_cv");
    Table rows = inputs.table().sortedById();
    boolean two = Set.of(0, 1).containsAll(MemberRows.of(rows).classes());
    return new CrossValidation(
            context, fold -> new HomoLrMember(fold).models(ActionPlan.of(fold.inputs()), arbiter))
        .of(
            rows,
            Folds.deal(rows.rowCount(), FoldSettings.of(params), context.seed()),
            two ? EvalType.BINARY : EvalType.MULTI);
  }

  /** Trains or predicts, in a task or in a fold. */
  private TaskOutputs models(ActionPlan inputs, Party arbiter) throws InterruptedException {
    Optional<HomoLrModel> stored = inputs.model().map(HomoLrModel::of);
    if (!inputs.learns()) {
      join(arbiter, Joining.prediction());
      Table rows = TrainedColumns.align(inputs.table(), stored.orElseThrow().header());
      return TaskOutputs.of(MemberPredictions.of(params, stored.get(), rows, "predict"));
    }
    Table rows =
        stored.isPresent()
            ? TrainedColumns.align(inputs.table(), stored.get().header())
            : inputs.table();
    MemberValidation validation = new MemberValidation(context, rows, inputs.validate());
    HomoLrModel model =
        train(arbiter, MemberRows.of(rows), rows.schema().header(), stored, validation);
    Map<String, Object> summary = model.summary();
    if (!validation.history().isEmpty()) {
      summary.put("validation_metrics", validation.history());
    }
    context.tracker().summary(summary);
    Table predicted = MemberPredictions.of(params, model, rows, "train");
    if (validation.validate().isPresent()) {
      predicted =
          PredictionTables.union(
              predicted,
              MemberPredictions.of(params, model, validation.validate().get(), "validate"));
    }
    return TaskOutputs.of(predicted, model.toStored(context.task().component(), params));
  }

  private Party arbiter() {
    List<Party> arbiters = federation.parties(Role.ARBITER);
    List<Party> hosts = federation.parties(Role.HOST);
    if (arbiters.size() != 1 || hosts.isEmpty()) {
      throw FedflowException.invalid(
          "parties.roles",
          HomoLR.MODULE
              + ": found "
              + arbiters.size()
              + " arbiters and "
              + hosts.size()
              + " hosts, allowed are one arbiter and at least one host");
    }
    return arbiters.get(0);
  }

  private void join(Party arbiter, Joining joining) throws InterruptedException {
    federation.send(arbiter, MessageTag.of(HomoLrMessages.JOIN), joining.encode());
  }

  private HomoLrModel train(
      Party arbiter,
      MemberRows own,
      List<String> header,
      Optional<HomoLrModel> stored,
      MemberValidation validation)
      throws InterruptedException {
    boolean intercept = params.object("init_param").bool("fit_intercept");
    int start = stored.map(HomoLrModel::iterations).orElse(0);
    LinearParameters.requireIterationsLeft(params, start);
    int weights = header.size() + (intercept ? 1 : 0);
    join(arbiter, new Joining(true, start, weights, Joining.digest(header), own.classes()));
    List<Integer> classes = classes(arbiter, stored);
    Means means = new Means(context, arbiter, own.count());
    List<HomoLrModel.Fit> fits = new ArrayList<>();
    for (int k = 0; k < (classes.size() == 2 ? 1 : classes.size()); k++) {
      double[] targets = own.targets(classes.size() == 2 ? 1 : classes.get(k));
      LinearWeights from =
          stored.isPresent()
              ? stored.get().fits().get(k).weights()
              : start(header, targets, intercept);
      LocalTraining training =
          new LocalTraining(params, own.features(), targets, own.weights(), from);
      fits.add(fit(training, means, k, start, new HomoLrModel(classes, fits), validation));
    }
    return new HomoLrModel(classes, fits);
  }

  private List<Integer> classes(Party arbiter, Optional<HomoLrModel> stored)
      throws InterruptedException {
    List<String> texts =
        federation.receive(arbiter, MessageTag.of(HomoLrMessages.CLASSES)).asTexts();
    List<Integer> classes;
    try {
      classes = texts.stream().map(Integer::valueOf).toList();
    } catch (NumberFormatException malformed) {
      throw FedflowException.peer("homo.message", arbiter + " sent labels that are no numbers");
    }
    if (stored.isPresent() && !stored.get().classes().equals(classes)) {
      throw FedflowException.invalid(
          "label.classes",
          "labels: found "
              + classes
              + " at all parties together, the given model has "
              + stored.get().classes());
    }
    return classes;
  }

  /** Weights to begin with; zeros go with the intercept that fits the own labels alone. */
  private LinearWeights start(List<String> header, double[] targets, boolean intercept) {
    double[] weights = InitialWeights.of(context, header.size() + (intercept ? 1 : 0));
    if (intercept && params.object("init_param").text("init_method").equals("zeros")) {
      double positive = Arrays.stream(targets).sum();
      double negative = targets.length - positive;
      boolean both = positive > 0 && negative > 0;
      // Half a row of each class where one is missing: the logarithm stays finite.
      weights[header.size()] =
          both ? Math.log(positive / negative) : Math.log((positive + 0.5) / (negative + 0.5));
    }
    return LinearWeights.of(header, weights, intercept);
  }

  private HomoLrModel.Fit fit(
      LocalTraining training,
      Means means,
      int k,
      int start,
      HomoLrModel before,
      MemberValidation validation)
      throws InterruptedException {
    int limit = params.integer("max_iter");
    int every = params.integer("aggregate_iters");
    KeptModels kept = new KeptModels(context);
    int epoch = start;
    boolean converged = false;
    while (epoch < limit && !converged) {
      context.checkStopped();
      int until = Math.min(limit, epoch + every);
      double loss = 0;
      while (epoch < until) {
        loss = training.epoch();
        epoch++;
      }
      converged = means.join(training, loss, k, epoch);
      HomoLrModel now =
          before.with(new HomoLrModel.Fit(training.weights(), epoch, converged, List.of()));
      validation.after(epoch - 1, now);
      if (!now.oneVsRest()) {
        kept.after(epoch - 1, () -> now.toStored(context.task().component(), params));
      }
      context
          .tracker()
          .progress(
              (double) epoch / limit, "epoch " + epoch + " of " + limit + ", own loss " + loss);
    }
    return new HomoLrModel.Fit(training.weights(), epoch, converged, List.of());
  }
}
