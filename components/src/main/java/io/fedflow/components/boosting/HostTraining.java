package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.components.boosting.FeatureBins.Features;
import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.task.EncryptionKeys;
import io.fedflow.components.validation.BestSoFar;
import io.fedflow.components.validation.ValidationSettings;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A host's training: takes part in trees until the guest says that it is over. One object for one.
 */
final class HostTraining {

  private static final int GO_ON = 0;
  private static final int CONVERGED = 1;
  private static final int LIMIT = 2;

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Federation federation;
  private final Party guest;
  private final BoostSettings settings;
  private final BoostPlan plan;
  private final FeatureBins bins;
  private final ValidationSettings validates;
  private final CandidateOrder order;
  private final List<Tree> trees = new ArrayList<>();
  private AdditiveCipher cipher;

  HostTraining(
      TaskContext context,
      CryptoSuite suite,
      BoostSettings settings,
      BoostPlan plan,
      FeatureBins bins,
      ValidationSettings validates) {
    this.context = context;
    this.suite = suite;
    this.federation = context.federation();
    this.guest = federation.parties(Role.GUEST).get(0);
    this.settings = settings;
    this.plan = plan;
    this.bins = bins;
    this.validates = validates;
    this.order = new CandidateOrder(bins.features(), settings.seed());
  }

  /**
   * Takes part to the end.
   *
   * @param stored the model to go on from; null for none
   * @param validate rows that are not trained on; null without any
   * @param anonymous names of its columns
   * @return what is kept
   */
  BoostModel run(BoostModel stored, Features validate, List<String> anonymous)
      throws InterruptedException {
    cipher =
        suite.cipher(
            EncryptionKeys.receive(context, suite, guest, BoostMessages.KEY),
            ComputePool.of(context.compute(), context.parallelism()));
    if (stored != null) {
      trees.addAll(stored.trees());
      HostWalk.answer(context, trees, bins.features(), GuestRounds.START_SCOPE);
    }
    BestSoFar<Integer> best = new BestSoFar<>(validates.tracked().size(), validates.rounds());
    long stop = GO_ON;
    boolean ends = false;
    for (int round = plan.start(); stop == GO_ON && !ends; round++) {
      growRound(round);
      stop = receiveStop(round);
      ends = validates(round, validate, best);
    }
    int rounds = trees.size() / plan.dimensions();
    int chosen = best.chosen().map(BestSoFar.Kept::iteration).orElse(BoostModel.NO_BEST_ITERATION);
    int kept = chosen < 0 ? rounds : chosen + 1;
    List<Tree> keptTrees = trees.subList(0, kept * plan.dimensions());
    GainsOfHosts.answer(
        context,
        cipher,
        keptTrees.subList(plan.start() * plan.dimensions(), keptTrees.size()),
        anonymous);
    if (validate != null) {
      HostWalk.answer(context, keptTrees, validate, GuestRounds.FINAL_SCOPE);
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("best_iteration", chosen);
    summary.put("is_converged", stop == CONVERGED && kept == rounds);
    context.tracker().summary(summary);
    return BoostModel.ofHost(
        bins.features().header(), anonymous, keptTrees, plan.dimensions(), chosen);
  }

  private void growRound(int round) throws InterruptedException {
    for (int dimension = 0; dimension < plan.dimensions(); dimension++) {
      int number = round * plan.dimensions() + dimension;
      trees.add(
          new HostTree(context, cipher, settings, bins, order, plan.packed(), number)
              .grow(
                  plan.rows(),
                  Samples.columns(settings, context.self(), bins.features().columns(), number)));
    }
    double done = (round + 1.0 - plan.start()) / settings.rounds();
    context.tracker().progress(Math.min(1, done), "round " + (round + 1));
  }

  /** Serves the validation that follows a round; whether it ends the training. */
  private boolean validates(int round, Features validate, BestSoFar<Integer> best)
      throws InterruptedException {
    if (!validates.due(round)) {
      return false;
    }
    if (validate != null) {
      HostWalk.answer(context, trees, validate, GuestRounds.FIRST_ROUND_SCOPE + round);
    }
    if (!validates.stopsEarly()) {
      return false;
    }
    MessageTag tag = MessageTag.of(BoostMessages.VALIDATION_STATUS, round);
    return best.update(guest, federation.receive(guest, tag).asLongs(), round, round);
  }

  private long receiveStop(int round) throws InterruptedException {
    long[] told = federation.receive(guest, MessageTag.of(BoostMessages.STOP, round)).asLongs();
    if (told.length != 1 || told[0] < GO_ON || told[0] > LIMIT) {
      throw BoostMessages.malformed(guest, "a word about the end that is none");
    }
    return told[0];
  }
}
