package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.linear.Batches;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.linear.LinearParameters;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The guest's part of one training, through {@link GuestTraining}, or of predictions. */
final class LrGuest {

  private static final String WEIGHT_DIFF = "weight_diff";

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Family family;
  private final Params params;
  private final Federation federation;
  private final List<Party> hosts;

  LrGuest(TaskContext context, CryptoSuite suite, Family family) {
    this.context = context;
    this.family = family;
    this.suite = suite;
    this.params = context.params();
    this.federation = context.federation();
    this.hosts = federation.parties(Role.HOST);
  }

  /**
   * What a training gave.
   *
   * @param train the rows trained on, in the order agreed on
   * @param validate rows that are measured only; null without any
   * @param history row type to metric to its value at every validation; empty without any
   */
  record Trained(LrModel model, Table train, Table validate, Map<String, Object> history) {}

  /**
   * Predicts the rows of the context's inputs.
   *
   * @param type what they are called
   */
  Scored predict(LrModel stored, String type) throws InterruptedException {
    announce(LrPlan.prediction());
    Table table = family.prepared(context, ActionPlan.of(context.inputs()).table());
    Table aligned = align(table, stored.weights().header(), 0);
    return score(stored.weights(), aligned, 0, type);
  }

  /**
   * Trains on the context's inputs. Hosts do not tell their scores yet: see {@link #score}.
   *
   * @param stored the model to go on from
   */
  Trained train(Optional<LrModel> stored) throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(context.inputs());
    if (params.text("optimizer").equals("sqn")) {
      context.log().warning("optimizer: sqn runs as sgd");
    }
    LinearWeights start = null;
    int done = 0;
    Table table = family.prepared(context, inputs.table());
    if (stored.isPresent()) {
      start = stored.get().weights();
      done = stored.get().iterations();
      table = TrainedColumns.align(table, start.header());
      LinearParameters.requireIterationsLeft(params, done);
    }
    // Whatever is wrong with own data ends the task before anybody else works for it.
    FeatureCheck.of(table);
    family.targets(table);
    family.offsets(table);
    ValidationSettings settings = ValidationSettings.of(params, family.type());
    requireRowsFor(settings, inputs);
    LrPlan plan = plan(table, done, inputs.validate().isPresent(), settings);
    announce(plan);
    Table train = RowAgreement.align(context, table, 0);
    Table validate =
        inputs.validate().isPresent()
            ? align(family.prepared(context, inputs.validate().get()), table.schema().header(), 1)
            : null;
    GuestValidation validation = new GuestValidation(context, family, settings, train, validate);
    LrModel model = new GuestTraining(context, suite, family, plan, train, start, validation).run();
    return new Trained(model, train, validate, validation.history());
  }

  /** The scores of the rows of a training, then of its validation if there are any. */
  List<Scored> score(Trained trained) throws InterruptedException {
    LinearWeights weights = trained.model().weights();
    List<Scored> scored = new ArrayList<>();
    scored.add(score(weights, trained.train(), 0, "train"));
    if (trained.validate() != null) {
      scored.add(score(weights, trained.validate(), 1, "validate"));
    }
    return scored;
  }

  private static void requireRowsFor(ValidationSettings settings, ActionPlan inputs) {
    if (settings.stopsEarly() && inputs.validate().isEmpty()) {
      throw FedflowException.invalid(
          "lr.early_stopping",
          "early_stopping_rounds: found "
              + settings.rounds()
              + " without validate_data, allowed is null, or validate_data as well");
    }
  }

  private LrPlan plan(Table table, int done, boolean validates, ValidationSettings validation) {
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
    boolean async = single && !family.multiplies() && !batches.masked() && table.weight() == null;
    return new LrPlan(true, validates, done, async, single, batches, validation.terms());
  }

  private void announce(LrPlan plan) throws InterruptedException {
    federation.sendAll(hosts, LrMessages.PLAN, plan.encode());
    federation.sendAll(federation.parties(Role.ARBITER), LrMessages.PLAN, plan.encode());
  }

  private Table align(Table table, List<String> header, int round) throws InterruptedException {
    return RowAgreement.align(context, TrainedColumns.align(table, header), round);
  }

  private Scored score(LinearWeights weights, Table aligned, int round, String type)
      throws InterruptedException {
    return new GuestScores(context, family)
        .score(weights, aligned, MessageTag.of(LrMessages.HOST_SCORES, round), type);
  }
}
