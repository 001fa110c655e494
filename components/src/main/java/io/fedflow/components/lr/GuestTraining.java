package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.linear.Batches.Batch;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.linear.InitialWeights;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.components.linear.LrSchemas;
import io.fedflow.components.linear.Penalty;
import io.fedflow.components.validation.KeptModels;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The guest's training; {@link Family} says what residuals are. One object for one training. */
final class GuestTraining {

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Family family;
  private final Federation federation;
  private final LrPlan plan;
  private final Party arbiter;
  private final List<Party> hosts;
  private final Penalty penalty;
  private final double[][] features;
  private final double[] targets;
  private final double[] offsets;
  private final double[] sampleWeights;
  private final RandomGenerator dealer;
  private final GuestValidation validation;
  private final KeptModels kept;
  private LinearWeights weights;
  private EncryptedRows encrypted;
  private List<Batch> batches;

  /**
   * A training that has not begun.
   *
   * @param aligned rows in the order agreed on
   * @param start weights to start from; null for initial ones
   * @param validation what follows an iteration
   */
  GuestTraining(
      TaskContext context,
      CryptoSuite suite,
      Family family,
      LrPlan plan,
      Table aligned,
      LinearWeights start,
      GuestValidation validation) {
    this.context = context;
    this.suite = suite;
    this.family = family;
    this.validation = validation;
    this.kept = new KeptModels(context);
    this.federation = context.federation();
    this.plan = plan;
    this.arbiter = federation.parties(Role.ARBITER).get(0);
    this.hosts = federation.parties(Role.HOST);
    this.penalty = LrSettings.penalty(context.params());
    this.features = FeatureCheck.of(aligned);
    this.targets = family.targets(aligned);
    this.offsets = family.offsets(aligned);
    this.sampleWeights = family.sampleWeights(aligned);
    // Hosts know the job's seed: which rows are real must not follow from it. Without a mask they
    // are told the rows anyway, and the seed makes jobs repeat.
    this.dealer =
        plan.batches().masked() ? context.entropy() : new SplittableRandom(context.seed());
    this.weights = start == null ? initial(aligned) : start;
  }

  private LinearWeights initial(Table aligned) {
    Params init = context.params().object("init_param");
    boolean intercept = init.bool("fit_intercept");
    List<String> header = aligned.schema().header();
    return LinearWeights.of(
        header, InitialWeights.of(context, header.size() + (intercept ? 1 : 0)), intercept);
  }

  /** Trains to the end, which is not always the iteration that is kept. */
  LrModel run() throws InterruptedException {
    encrypted = LrInputs.encryptedRows(context, suite, arbiter, features);
    Stop stop = Stop.GO_ON;
    boolean ends = false;
    int limit = context.params().integer("max_iter");
    int iteration = plan.start();
    for (; stop == Stop.GO_ON && !ends; iteration++) {
      dealBatches(iteration);
      for (int batch = 0; batch < batches.size(); batch++) {
        context.checkStopped();
        trainBatch(iteration, batch, batches.get(batch));
      }
      stop = Stop.decode(federation.receive(arbiter, MessageTag.of(LrMessages.STOP, iteration)));
      ends = validation.ends(iteration, weights);
      keep(iteration, stop);
      context
          .tracker()
          .progress(
              Math.min(1, (iteration + 1.0) / limit),
              "iteration " + (iteration + 1) + " of " + limit);
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

  private void keep(int iteration, Stop stop) {
    kept.after(
        iteration,
        () ->
            LrModel.after(family, iteration, weights, stop, List.of())
                .toStored(context.task().component(), context.params()));
  }

  private void dealBatches(int iteration) throws InterruptedException {
    if (batches != null && !plan.batches().changing()) {
      return;
    }
    batches = plan.batches().draw(dealer);
    if (plan.batches().full()) {
      return;
    }
    for (int batch = 0; batch < batches.size(); batch++) {
      Payload positions =
          Payload.ofLongs(Arrays.stream(batches.get(batch).shown()).asLongStream().toArray());
      federation.sendAll(hosts, MessageTag.of(LrMessages.BATCH, iteration, batch), positions);
    }
  }

  private void trainBatch(int iteration, int number, Batch batch) throws InterruptedException {
    int[] rows = batch.rows();
    double[] scores = weights.scores(features, rows);
    double[] aims = at(targets, rows);
    for (int i = 0; i < rows.length; i++) {
      scores[i] += offsets[rows[i]];
    }
    double[] half = family.own(scores, aims);
    for (int i = 0; sampleWeights != null && i < half.length; i++) {
      half[i] *= sampleWeights[rows[i]];
    }
    Signals signals =
        plan.async()
            ? exchangeHalves(iteration, number, half)
            : joinHalves(iteration, number, batch, half, factors(rows, scores));
    CiphertextBatch gradient = gradient(rows, signals.d(), half);
    double[] penalised = Arrays.copyOf(penalty.gradient(weights.coefficients()), weights.count());
    send(
        LrMessages.GUEST_GRADIENT,
        iteration,
        number,
        encrypted.addKnown(gradient, times(penalised, rows.length)));
    if (plan.loss()) {
      double[] counts = new double[rows.length];
      Arrays.fill(counts, 1);
      sendLoss(
          iteration,
          number,
          batch,
          new GuestLoss.Rows(
              scores,
              aims,
              sampleWeights == null ? counts : at(sampleWeights, rows),
              signals.d(),
              signals.hosts(),
              gradient));
    }
    double[] step =
        federation
            .receive(arbiter, MessageTag.of(LrMessages.STEP, iteration, number))
            .asFiniteDoubles();
    LrInputs.requireLength(arbiter, step, weights.count());
    weights = weights.moved(step, penalty, iteration);
  }

  /**
   * What a batch's rows carry under encryption.
   *
   * @param d what the guest multiplies with its features: the residuals, or the hosts' share
   * @param hosts the hosts' share of the residuals, sample weights included
   */
  private record Signals(CiphertextBatch d, CiphertextBatch hosts) {}

  /** Both sides send their half at once and add the other's to what they know in the clear. */
  private Signals exchangeHalves(int iteration, int number, double[] half)
      throws InterruptedException {
    federation.send(
        hosts.get(0),
        MessageTag.of(LrMessages.GUEST_SIGNAL, iteration, number),
        Payload.ofCiphertexts(encrypted.encryptSignal(half).encode()));
    CiphertextBatch theirs = receiveSignal(hosts.get(0), iteration, number, half.length);
    return new Signals(theirs, theirs);
  }

  /** The guest joins all halves; hosts get residuals, and zeros for rows that hide others. */
  private Signals joinHalves(
      int iteration, int number, Batch batch, double[] half, double[] factors)
      throws InterruptedException {
    AdditiveCipher cipher = encrypted.cipher();
    int shown = batch.shown().length;
    double[] spread = new double[shown];
    for (int i = 0; i < half.length; i++) {
      spread[batch.real()[i]] = half[i];
    }
    // Encrypted while the hosts still work on theirs. Adding a fresh encryption re-randomises what
    // came from the hosts.
    CiphertextBatch own =
        factors == null
            ? encrypted.encryptSignal(spread)
            : encrypted.encryptAt(spread, EncryptedRows.WEIGHED_SCALE);
    CiphertextBatch theirs = null;
    for (Party host : hosts) {
      CiphertextBatch part = receiveSignal(host, iteration, number, shown);
      theirs = theirs == null ? part : cipher.add(theirs, part);
    }
    theirs = theirs.select(batch.real());
    if (factors != null) {
      theirs = encrypted.weigh(theirs, factors);
    }
    CiphertextBatch d = cipher.add(own, encrypted.spread(theirs, batch.real(), shown));
    Payload residuals = Payload.ofCiphertexts(d.encode());
    federation.sendAll(hosts, MessageTag.of(LrMessages.GUEST_SIGNAL, iteration, number), residuals);
    return new Signals(d.select(batch.real()), theirs);
  }

  private CiphertextBatch receiveSignal(Party host, int iteration, int number, int count)
      throws InterruptedException {
    return federation
        .receive(host, MessageTag.of(LrMessages.HOST_SIGNAL, iteration, number))
        .read(Payload.Format.CIPHERTEXTS, bytes -> encrypted.cipher().decode(bytes, count));
  }

  /** {@code sum of d x} per column and {@code sum of d} for the intercept, without penalty. */
  private CiphertextBatch gradient(int[] rows, CiphertextBatch d, double[] half) {
    AdditiveCipher cipher = encrypted.cipher();
    CiphertextBatch gradient = encrypted.gradient(rows, d);
    if (weights.hasIntercept()) {
      gradient =
          cipher.concat(List.of(gradient, cipher.withScale(cipher.sum(d), gradient.scaleBits())));
    }
    if (!plan.async()) {
      return gradient;
    }
    double[] known = Arrays.copyOf(encrypted.plainGradient(rows, half), weights.count());
    if (weights.hasIntercept()) {
      known[known.length - 1] = Arrays.stream(half).sum();
    }
    return encrypted.addKnown(gradient, known);
  }

  /** What the guest multiplies each row's share of the hosts with; null for nothing. */
  private double[] factors(int[] rows, double[] scores) {
    if (family.multiplies()) {
      return family.signal(scores);
    }
    return sampleWeights == null ? null : at(sampleWeights, rows);
  }

  private void sendLoss(int iteration, int number, Batch batch, GuestLoss.Rows rows)
      throws InterruptedException {
    int shown = family.multiplies() ? batch.shown().length + 1 : 1;
    CiphertextBatch ofHost =
        federation
            .receive(hosts.get(0), MessageTag.of(LrMessages.HOST_LOSS, iteration, number))
            .read(Payload.Format.CIPHERTEXTS, bytes -> encrypted.cipher().decode(bytes, shown));
    if (family.multiplies()) {
      // The penalty follows the rows, of which only the real ones count.
      int[] counted = Arrays.copyOf(batch.real(), batch.real().length + 1);
      counted[counted.length - 1] = shown - 1;
      ofHost = ofHost.select(counted);
    }
    send(
        LrMessages.LOSS,
        iteration,
        number,
        new GuestLoss(family, encrypted, penalty).of(rows, weights, ofHost));
  }

  private void send(String message, int iteration, int number, CiphertextBatch ciphertexts)
      throws InterruptedException {
    federation.send(
        arbiter,
        MessageTag.of(message, iteration, number),
        Payload.ofCiphertexts(encrypted.outgoing(ciphertexts)));
  }

  private static double[] at(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(v -> v * factor).toArray();
  }
}
