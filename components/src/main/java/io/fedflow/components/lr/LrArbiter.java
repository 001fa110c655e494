package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.linear.Convergence;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.linear.LrSchemas;
import io.fedflow.components.linear.Optimizer;
import io.fedflow.components.task.EncryptionKeys;
import io.fedflow.components.validation.KeptModels;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The arbiter's part of one training: makes the key pair, decrypts gradients and losses, runs the
 * optimizer and ends the training. The only place that knows the private key.
 */
final class LrArbiter {

  private static final LinearWeights NO_WEIGHTS =
      new LinearWeights(List.of(), new double[0], 0, false);

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Family family;
  private final Params params;
  private final Federation federation;
  private final Party guest;
  private final List<Party> hosts;
  private final List<Double> losses = new ArrayList<>();
  private LrPlan plan;
  private FollowedValidation validation;
  private AdditiveOwner owner;
  private Optimizer optimizer;

  LrArbiter(TaskContext context, CryptoSuite suite, Family family) {
    this.context = context;
    this.family = family;
    this.suite = suite;
    this.params = context.params();
    this.federation = context.federation();
    this.guest = federation.parties(Role.GUEST).get(0);
    this.hosts = federation.parties(Role.HOST);
  }

  /**
   * Takes part in one training, or in none if the guest only predicts.
   *
   * @param stored the model to go on from, with its losses
   * @return without weights; empty if nothing was trained
   */
  Optional<LrModel> run(Optional<LrModel> stored) throws InterruptedException {
    plan = LrPlan.decode(federation.receive(guest, LrMessages.PLAN));
    if (!plan.trains()) {
      return Optional.empty();
    }
    ValidationSettings settings = ValidationSettings.of(params, family.type());
    plan.requireValidation(settings);
    validation = new FollowedValidation(context, settings);
    owner = EncryptionKeys.generate(context, suite);
    Payload key = Payload.ofBytes(owner.publicKey().encode());
    federation.sendAll(hosts, LrMessages.KEY, key);
    federation.send(guest, LrMessages.KEY, key);
    if (plan.start() > 0) {
      stored.ifPresent(model -> model.losses().stream().limit(plan.start()).forEach(losses::add));
      context
          .tracker()
          .metric("train", "init_iter", List.of(new MetricPoint("init_iter", plan.start())));
      context.tracker().metricMeta("train", "init_iter", "init_iter", Map.of("unit_name", "iters"));
    }
    if (plan.loss()) {
      context.tracker().metricMeta("train", "loss", "LOSS", Map.of("unit_name", "iters"));
    }
    return Optional.of(train());
  }

  /** How many rows the training has; known after {@link #run}. */
  int rows() {
    return plan.batches().rows();
  }

  private LrModel train() throws InterruptedException {
    Convergence rule =
        new Convergence(
            Convergence.Rule.valueOf(params.text("early_stop").toUpperCase(Locale.ROOT)),
            params.number("tol"));
    int limit = params.integer("max_iter");
    KeptModels kept = new KeptModels(context);
    boolean converged = false;
    boolean ends = false;
    int iteration = plan.start();
    while (iteration < limit && !converged && !ends) {
      context.checkStopped();
      converged = iterate(iteration, rule);
      iteration++;
      Stop stop = converged ? Stop.CONVERGED : iteration == limit ? Stop.LIMIT : Stop.GO_ON;
      Payload answer = Payload.ofLongs(stop.ordinal());
      MessageTag tag = MessageTag.of(LrMessages.STOP, iteration - 1);
      federation.sendAll(hosts, tag, answer);
      federation.send(guest, tag, answer);
      ends = validation.ends(iteration - 1, NO_WEIGHTS);
      int run = iteration - 1;
      kept.after(
          run,
          () ->
              LrModel.after(family, run, NO_WEIGHTS, stop, losses)
                  .toStored(context.task().component(), params));
      context
          .tracker()
          .progress((double) iteration / limit, "iteration " + iteration + " of " + limit);
    }
    return validation.chosen(
        new LrModel(family, NO_WEIGHTS, iteration, converged, losses, LrSchemas.NO_BEST_ITERATION));
  }

  private boolean iterate(int iteration, Convergence rule) throws InterruptedException {
    double[] steps = null;
    double loss = 0;
    int batches = plan.batches().count();
    for (int batch = 0; batch < batches; batch++) {
      int rows = plan.batches().sizeOf(batch);
      double[] step = step(iteration, batch, rows);
      steps = steps == null ? new double[step.length] : steps;
      for (int i = 0; i < step.length; i++) {
        steps[i] += step[i];
      }
      if (plan.loss()) {
        loss += decrypt(guest, LrMessages.LOSS, iteration, batch)[0] / rows / batches;
      }
    }
    if (plan.loss()) {
      losses.add(loss);
      context.tracker().metric("train", "loss", List.of(new MetricPoint(iteration, loss)));
    }
    return rule.reached(loss, steps);
  }

  private double[] step(int iteration, int batch, int rows) throws InterruptedException {
    List<double[]> gradients = new ArrayList<>();
    for (Party host : hosts) {
      gradients.add(decrypt(host, LrMessages.HOST_GRADIENT, iteration, batch));
    }
    gradients.add(decrypt(guest, LrMessages.GUEST_GRADIENT, iteration, batch));
    double[] joined =
        gradients.stream().flatMapToDouble(Arrays::stream).map(sum -> sum / rows).toArray();
    if (optimizer == null) {
      optimizer =
          Optimizer.named(params.text("optimizer"), LrSettings.learningRate(params), joined.length);
    }
    double[] step = optimizer.step(joined, iteration);
    int from = 0;
    for (int i = 0; i < gradients.size(); i++) {
      int to = from + gradients.get(i).length;
      federation.send(
          i < hosts.size() ? hosts.get(i) : guest,
          MessageTag.of(LrMessages.STEP, iteration, batch),
          Payload.ofDoubles(Arrays.copyOfRange(step, from, to)));
      from = to;
    }
    return step;
  }

  private double[] decrypt(Party from, String message, int iteration, int batch)
      throws InterruptedException {
    CiphertextBatch received =
        federation
            .receive(from, MessageTag.of(message, iteration, batch))
            .read(Payload.Format.CIPHERTEXTS, owner.cipher()::decode);
    double[] values = owner.decrypt(received).toDoubles();
    if (values.length == 0) {
      throw FedflowException.peer("lr.message", from + " sent no ciphertext as " + message);
    }
    return values;
  }
}
