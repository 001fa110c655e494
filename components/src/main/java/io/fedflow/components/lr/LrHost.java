package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.columns.TrainedColumns;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.linear.InitialWeights;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.linear.LrSchemas;
import io.fedflow.components.linear.Penalty;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.components.validation.KeptModels;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host's part: features without labels, under the arbiter's public key. */
final class LrHost {

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Family family;
  private final int trainings;
  private final Params params;
  private final Federation federation;
  private final Party guest;
  private final Penalty penalty;
  private final Map<Integer, int[]> fixedBatches = new HashMap<>();
  private LrPlan plan;
  private Party arbiter;
  private double[][] features;
  private double[][] validateFeatures;
  private FollowedValidation validation;
  private EncryptedRows encrypted;
  private LinearWeights weights;

  /**
   * A part that has not begun.
   *
   * @param trainings after how many of the same rows and columns the task tells scores
   */
  LrHost(TaskContext context, CryptoSuite suite, Family family, int trainings) {
    this.context = context;
    this.trainings = trainings;
    this.family = family;
    this.suite = suite;
    this.params = context.params();
    this.federation = context.federation();
    this.guest = federation.parties(Role.GUEST).get(0);
    this.penalty = LrSettings.penalty(params);
  }

  /** Takes part in one training of a fresh model, and tells no scores. */
  LrModel fit() throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(context.inputs());
    receivePlan(inputs);
    return train(inputs, Optional.empty());
  }

  /** Tells the scores of the context's inputs, which the guest predicts. */
  void predict(LrModel model) throws InterruptedException {
    plan = LrPlan.decode(federation.receive(guest, LrMessages.PLAN));
    if (plan.trains()) {
      throw FedflowException.peer("lr.message", "the guest trains where it was to predict");
    }
    weights = model.weights();
    Table table = ActionPlan.of(context.inputs()).table();
    sendScores(MessageTag.of(LrMessages.HOST_SCORES, 0), align(table, 0));
  }

  /**
   * Takes part in one training, or in predictions.
   *
   * @param stored the model to predict with or to go on from
   * @return empty if nothing was trained
   */
  Optional<LrModel> run(Optional<LrModel> stored) throws InterruptedException {
    ActionPlan inputs = ActionPlan.of(context.inputs());
    receivePlan(inputs);
    if (!plan.trains()) {
      weights = stored.orElseThrow().weights();
      sendScores(MessageTag.of(LrMessages.HOST_SCORES, 0), align(inputs.table(), 0));
      return Optional.empty();
    }
    LrModel model = train(inputs, stored);
    weights = model.weights();
    sendScores(MessageTag.of(LrMessages.HOST_SCORES, 0), features);
    if (validateFeatures != null) {
      sendScores(MessageTag.of(LrMessages.HOST_SCORES, 1), validateFeatures);
    }
    return Optional.of(model);
  }

  private void receivePlan(ActionPlan inputs) throws InterruptedException {
    plan = LrPlan.decode(federation.receive(guest, LrMessages.PLAN));
    if (plan.trains() != inputs.learns() || plan.validates() != inputs.validate().isPresent()) {
      throw FedflowException.invalid(
          "inputs.mixed",
          "the guest "
              + (plan.trains() ? "trains" : "predicts")
              + (plan.validates() ? " and validates" : "")
              + ", but this host's inputs ask for "
              + inputs.action());
    }
  }

  private LrModel train(ActionPlan inputs, Optional<LrModel> stored) throws InterruptedException {
    ValidationSettings settings = ValidationSettings.of(params, family.type());
    plan.requireValidation(settings);
    validation = new FollowedValidation(context, settings);
    Table table = inputs.table();
    if (stored.isPresent()) {
      weights = stored.get().weights();
      table = TrainedColumns.align(table, weights.header());
    } else {
      weights =
          LinearWeights.of(
              table.schema().header(),
              InitialWeights.of(context, table.schema().header().size()),
              false);
    }
    FeatureCheck.of(table);
    features = FeatureCheck.of(RowAgreement.align(context, table, 0));
    if (inputs.validate().isPresent()) {
      validateFeatures = align(inputs.validate().get(), 1);
    }
    checkBatches();
    warnOfManyScores();
    arbiter = federation.parties(Role.ARBITER).get(0);
    encrypted = LrInputs.encryptedRows(context, suite, arbiter, features);
    KeptModels kept = new KeptModels(context);
    Stop stop = Stop.GO_ON;
    boolean ends = false;
    int iteration = plan.start();
    for (; stop == Stop.GO_ON && !ends; iteration++) {
      for (int batch = 0; batch < plan.batches().count(); batch++) {
        context.checkStopped();
        trainBatch(iteration, batch);
      }
      stop = Stop.decode(federation.receive(arbiter, MessageTag.of(LrMessages.STOP, iteration)));
      ends = validate(iteration);
      Stop said = stop;
      int run = iteration;
      kept.after(
          run,
          () ->
              LrModel.after(family, run, weights, said, List.of())
                  .toStored(context.task().component(), params));
    }
    return validation.chosen(
        new LrModel(
            family,
            weights,
            iteration,
            stop == Stop.CONVERGED,
            List.of(),
            LrSchemas.NO_BEST_ITERATION));
  }

  private boolean validate(int iteration) throws InterruptedException {
    if (validation.due(iteration)) {
      sendScores(
          MessageTag.of(LrMessages.VALIDATION_SCORES, iteration, LrMessages.TRAIN_ROWS), features);
      if (validateFeatures != null) {
        sendScores(
            MessageTag.of(LrMessages.VALIDATION_SCORES, iteration, LrMessages.VALIDATE_ROWS),
            validateFeatures);
      }
    }
    return validation.ends(iteration, weights);
  }

  /** Each validation tells the guest another mixture of the same columns. */
  private void warnOfManyScores() {
    long due = validation.countDue(plan.start(), params.integer("max_iter"));
    long told = trainings * (1 + due);
    if (told >= features.length && told > 1) {
      context
          .log()
          .warning(
              "up to "
                  + told
                  + " scores of each row are told to the guest, from which it could learn what the "
                  + features.length
                  + " feature columns of this host span; validate less often (validation_freqs), or"
                  + " train fewer models");
    }
  }

  /** Fewer rows than columns would let the arbiter solve a host's gradient for its features. */
  private void checkBatches() {
    if (family.multiplies() && plan.async()) {
      throw FedflowException.peer("lr.message", "the guest's plan adds what is to be multiplied");
    }
    if (features[0].length != plan.batches().rows()) {
      throw FedflowException.peer("lr.message", "the guest's plan is about other rows");
    }
    int shown = plan.batches().shownOf(0);
    if (shown <= features.length) {
      throw FedflowException.invalid(
          "lr.batch",
          "batch_size: a batch shows "
              + shown
              + " rows for "
              + features.length
              + " feature columns of this host, allowed is more rows than columns");
    }
  }

  private void trainBatch(int iteration, int batch) throws InterruptedException {
    int[] rows = rows(iteration, batch);
    int counted = plan.batches().sizeOf(batch);
    double[] scores = weights.scores(features, rows);
    double[] signal = family.signal(scores);
    federation.send(
        guest,
        MessageTag.of(LrMessages.HOST_SIGNAL, iteration, batch),
        Payload.ofCiphertexts(encrypted.encryptSignal(signal).encode()));
    CiphertextBatch d =
        federation
            .receive(guest, MessageTag.of(LrMessages.GUEST_SIGNAL, iteration, batch))
            .read(
                Payload.Format.CIPHERTEXTS, bytes -> encrypted.cipher().decode(bytes, rows.length));
    CiphertextBatch gradient = encrypted.gradient(rows, d);
    if (plan.async()) {
      // What came was the guest's half; the own half is known in the clear.
      gradient = encrypted.addKnown(gradient, encrypted.plainGradient(rows, signal));
    }
    send(
        arbiter,
        LrMessages.HOST_GRADIENT,
        iteration,
        batch,
        encrypted.addKnown(gradient, times(penalty.gradient(weights.coefficients()), counted)));
    if (plan.loss()) {
      double known = counted * penalty.loss(weights.coefficients());
      send(guest, LrMessages.HOST_LOSS, iteration, batch, partOfLoss(gradient, scores, known));
    }
    double[] step =
        federation
            .receive(arbiter, MessageTag.of(LrMessages.STEP, iteration, batch))
            .asFiniteDoubles();
    LrInputs.requireLength(arbiter, step, weights.count());
    weights = weights.moved(step, penalty, iteration);
  }

  /** Half of {@code sum(d z)}; where shares multiply, the scores themselves, then the penalty. */
  private CiphertextBatch partOfLoss(CiphertextBatch gradient, double[] scores, double known) {
    if (family.multiplies()) {
      double[] both = Arrays.copyOf(scores, scores.length + 1);
      both[scores.length] = known;
      return encrypted.encryptSignal(both);
    }
    return encrypted.addKnown(
        encrypted.weighted(gradient, times(weights.coefficients(), 0.5)), new double[] {known});
  }

  private void send(Party to, String message, int iteration, int batch, CiphertextBatch ciphertexts)
      throws InterruptedException {
    federation.send(
        to,
        MessageTag.of(message, iteration, batch),
        Payload.ofCiphertexts(encrypted.outgoing(ciphertexts)));
  }

  private int[] rows(int iteration, int batch) throws InterruptedException {
    if (plan.batches().full()) {
      return fixedBatches.computeIfAbsent(batch, b -> LrInputs.allRows(plan.batches().rows()));
    }
    if (plan.batches().changing()) {
      return receiveRows(iteration, batch);
    }
    int[] known = fixedBatches.get(batch);
    if (known == null) {
      known = receiveRows(iteration, batch);
      fixedBatches.put(batch, known);
    }
    return known;
  }

  private int[] receiveRows(int iteration, int batch) throws InterruptedException {
    long[] positions =
        federation.receive(guest, MessageTag.of(LrMessages.BATCH, iteration, batch)).asLongs();
    if (positions.length != plan.batches().shownOf(batch)
        || Arrays.stream(positions).anyMatch(p -> p < 0 || p >= plan.batches().rows())
        || Arrays.stream(positions).distinct().count() != positions.length) {
      throw FedflowException.peer("lr.message", "the guest's batch names impossible rows");
    }
    return Arrays.stream(positions).mapToInt(p -> (int) p).toArray();
  }

  private double[][] align(Table table, int round) throws InterruptedException {
    Table trained = TrainedColumns.align(table, weights.header());
    return FeatureCheck.of(RowAgreement.align(context, trained, round));
  }

  private void sendScores(MessageTag tag, double[][] rows) throws InterruptedException {
    federation.send(
        guest, tag, Payload.ofDoubles(weights.scores(rows, LrInputs.allRows(rows[0].length))));
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(v -> v * factor).toArray();
  }
}
