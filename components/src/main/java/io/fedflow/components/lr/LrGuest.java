package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.linear.Batches;
import io.fedflow.components.linear.BinaryPredictions;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.List;

/** The guest's part: decides what is done, trains through {@link GuestTraining}, and predicts. */
final class LrGuest {

  private static final String WEIGHT_DIFF = "weight_diff";

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Params params;
  private final Federation federation;
  private final List<Party> hosts;

  LrGuest(TaskContext context, CryptoSuite suite) {
    this.context = context;
    this.suite = suite;
    this.params = context.params();
    this.federation = context.federation();
    this.hosts = federation.parties(Role.HOST);
  }

  TaskOutputs run() throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(context.inputs());
    LrInputs.requireTable(inputs);
    requireParties();
    if (!inputs.learns()) {
      LrModel stored = LrModel.of(inputs.model().orElseThrow());
      announce(LrPlan.prediction());
      return TaskOutputs.of(predict(stored.weights(), inputs.table(), 0, "predict"));
    }
    if (params.text("optimizer").equals("sqn")) {
      context.log().warning("optimizer: sqn runs as sgd, as in FATE 1.11");
    }
    LinearWeights start = null;
    int done = 0;
    Table table = inputs.table();
    if (inputs.model().isPresent()) {
      LrModel stored = LrModel.of(inputs.model().get());
      start = stored.weights();
      done = stored.iterations();
      table = TrainedColumns.align(table, start.header());
      requireIterationsLeft(done);
    }
    // Whatever is wrong with own data ends the task before anybody else works for it.
    FeatureCheck.of(table);
    LrInputs.signs(table);
    LrPlan plan = plan(table, done, inputs.validate().isPresent());
    announce(plan);
    Table aligned = RowAgreement.align(context, table, 0);
    LrModel model = new GuestTraining(context, suite, plan, aligned, start).run();
    Table predicted = predictAligned(model.weights(), aligned, 0, "train");
    if (inputs.validate().isPresent()) {
      predicted =
          BinaryPredictions.union(
              predicted, predict(model.weights(), inputs.validate().get(), 1, "validate"));
    }
    context.tracker().summary(model.summary());
    return TaskOutputs.of(predicted, model.toStored(context.task().component(), params));
  }

  private void requireParties() {
    if (federation.parties(Role.ARBITER).size() != 1 || hosts.isEmpty()) {
      throw FedflowException.invalid(
          "parties.roles",
          LrModel.MODULE
              + ": found "
              + federation.parties(Role.ARBITER).size()
              + " arbiters and "
              + hosts.size()
              + " hosts, allowed are one arbiter and at least one host");
    }
  }

  private void requireIterationsLeft(int done) {
    if (done >= params.integer("max_iter")) {
      throw FedflowException.invalid(
          "lr.max_iter",
          "max_iter: found "
              + params.integer("max_iter")
              + ", the given model has run "
              + done
              + " iterations already; allowed is more");
    }
  }

  private LrPlan plan(Table table, int done, boolean validates) {
    Batches batches =
        Batches.of(
            table.rowCount(),
            params.integer("batch_size"),
            params.bool("shuffle"),
            params.text("batch_strategy").equals("random"),
            params.number("masked_rate"));
    boolean single = hosts.size() == 1;
    if (!single && !params.text("early_stop").equals(WEIGHT_DIFF)) {
      throw FedflowException.invalid(
          "lr.early_stop",
          "early_stop: found "
              + params.text("early_stop")
              + " with "
              + hosts.size()
              + " hosts, allowed is weight_diff: losses are computed with one host only");
    }
    boolean async = single && !batches.masked() && table.weight() == null;
    return new LrPlan(true, validates, done, async, single, batches);
  }

  private void announce(LrPlan plan) throws InterruptedException {
    federation.sendAll(hosts, LrMessages.PLAN, plan.encode());
    federation.sendAll(federation.parties(Role.ARBITER), LrMessages.PLAN, plan.encode());
  }

  private Table predict(LinearWeights weights, Table table, int round, String type)
      throws InterruptedException {
    Table trained = TrainedColumns.align(table, weights.header());
    return predictAligned(weights, RowAgreement.align(context, trained, round), round, type);
  }

  private Table predictAligned(LinearWeights weights, Table aligned, int round, String type)
      throws InterruptedException {
    double[] scores =
        weights.scores(FeatureCheck.of(aligned), LrInputs.allRows(aligned.rowCount()));
    for (Party host : hosts) {
      double[] part =
          federation.receive(host, MessageTag.of(LrMessages.HOST_SCORES, round)).asDoubles();
      LrInputs.requireLength(host, part, scores.length);
      for (int i = 0; i < scores.length; i++) {
        scores[i] += part[i];
      }
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = BinaryPredictions.logistic(scores[i]);
    }
    return BinaryPredictions.of(
        aligned, scores, params.object("predict_param").number("threshold"), type);
  }
}
