package io.fedflow.components.homolr;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.aggregation.SumArbiter;
import io.fedflow.components.crossvalidation.CrossValidation;
import io.fedflow.components.linear.Convergence;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The arbiter's part: opens the sums, and ends the training by their losses. */
final class HomoLrArbiter {

  private static final LinearWeights NO_WEIGHTS =
      new LinearWeights(List.of(), new double[0], 0, false);

  private final TaskContext context;
  private final Params params;
  private final Federation federation;
  private final List<Party> members = new ArrayList<>();

  HomoLrArbiter(TaskContext context) {
    this.context = context;
    this.params = context.params();
    this.federation = context.federation();
    members.addAll(federation.parties(Role.GUEST));
    members.addAll(federation.parties(Role.HOST));
  }

  TaskOutputs run() throws InterruptedException {
    int own = HomoLrParameters.folds(params);
    for (Party member : members) {
      long[] told = federation.receive(member, MessageTag.of(HomoLrMessages.WORK)).asLongs();
      if (told.length != 1) {
        throw FedflowException.peer(
            "homo.message", member + " sent " + told.length + " counts of folds, expected one");
      }
      if (told[0] != own) {
        throw FedflowException.invalid(
            "homo.members",
            "cv_param: found "
                + told[0]
                + " folds at "
                + member
                + " and "
                + own
                + " here, allowed is the same at every party");
      }
    }
    return own == 0
        ? train()
        : new CrossValidation(context, fold -> new HomoLrArbiter(fold).train()).withoutRows();
  }

  /** One training, or none where members predict. */
  private TaskOutputs train() throws InterruptedException {
    TreeSet<Integer> labels = new TreeSet<>();
    Joining all = null;
    for (Party member : members) {
      Joining joining =
          Joining.decode(member, federation.receive(member, MessageTag.of(HomoLrMessages.JOIN)));
      if (all == null) {
        all = joining;
      }
      joining.requireSame(member, members.get(0), all);
      labels.addAll(joining.classes());
    }
    if (!all.trains()) {
      return TaskOutputs.none();
    }
    List<Integer> classes = classes(labels);
    federation.sendAll(
        members,
        MessageTag.of(HomoLrMessages.CLASSES),
        Payload.ofTexts(classes.stream().map(String::valueOf).toList()));
    SumArbiter sums = new SumArbiter(context, HomoLrMessages.MAGNITUDE_BITS);
    context.log().info("rows of all parties: " + (long) sums.sum(1)[0]);
    List<HomoLrModel.Fit> fits = new ArrayList<>();
    int models = classes.size() == 2 ? 1 : classes.size();
    for (int k = 0; k < models; k++) {
      fits.add(fit(sums, k, models, all));
    }
    HomoLrModel model = new HomoLrModel(classes, fits);
    context.tracker().summary(model.arbiterSummary());
    return TaskOutputs.of(model.toStored(context.task().component(), params));
  }

  /** Zero and one if there is nothing else, so that a party without one of them may take part. */
  private static List<Integer> classes(TreeSet<Integer> labels) {
    if (labels.size() < 2) {
      throw FedflowException.invalid(
          "label.classes",
          "labels: found " + labels + " at all parties together, allowed are at least two classes");
    }
    if (labels.size() == 2 && !labels.equals(new TreeSet<>(List.of(0, 1)))) {
      throw FedflowException.invalid(
          "label.classes",
          "labels: found " + labels + ", allowed are 0 and 1, or more than two classes");
    }
    return List.copyOf(labels);
  }

  private HomoLrModel.Fit fit(SumArbiter sums, int k, int models, Joining all)
      throws InterruptedException {
    Convergence rule = HomoLrParameters.convergence(params);
    int limit = params.integer("max_iter");
    int every = params.integer("aggregate_iters");
    List<Double> losses = new ArrayList<>();
    String metric = models == 1 ? "loss" : "loss_" + k;
    context.tracker().metricMeta("train", metric, "LOSS", Map.of("unit_name", "epochs"));
    boolean converged = false;
    int epoch = all.start();
    while (epoch < limit && !converged) {
      context.checkStopped();
      epoch = Math.min(limit, epoch + every);
      double[] sum = sums.sum(all.weights() + 1);
      double loss = sum[all.weights()];
      losses.add(loss);
      context.tracker().metric("train", metric, List.of(new MetricPoint(epoch - 1, loss)));
      converged = rule.needsLoss() && rule.reached(loss, new double[0]);
      federation.sendAll(
          members,
          MessageTag.of(HomoLrMessages.STOP, k, epoch),
          Payload.ofLongs(converged ? 1 : 0));
      context
          .tracker()
          .progress(
              (k + (double) epoch / limit) / models,
              "epoch " + epoch + " of " + limit + ", loss " + loss);
    }
    return new HomoLrModel.Fit(NO_WEIGHTS, epoch, converged, losses);
  }
}
