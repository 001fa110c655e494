package io.fedflow.components.boosting;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.components.boosting.TreeGrower.Grown;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.linear.Convergence;
import io.fedflow.components.task.EncryptionKeys;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.AnonymousNames;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The guest's training: rounds of trees until the loss stands still. One object for one. */
final class GuestTraining {

  private static final int GO_ON = 0;
  private static final int CONVERGED = 1;
  private static final int LIMIT = 2;

  private final TaskContext context;
  private final Params params;
  private final Federation federation;
  private final List<Party> hosts;
  private final BoostSettings settings;
  private final Table train;
  private final FeatureBins bins;
  private final Targets targets;
  private final double[] weights;
  private final Objective objective;
  private final AdditiveOwner owner;
  private final HostOffers offers;
  private final Scoring scoring;
  private final List<Tree> trees = new ArrayList<>();
  private final List<Grown> grown = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final double[] initial;
  private final BoostModel stored;

  /**
   * A training that has not begun.
   *
   * @param train rows in the order agreed on
   * @param stored the model to go on from; null for none
   */
  GuestTraining(
      TaskContext context,
      CryptoSuite suite,
      BoostSettings settings,
      Table train,
      FeatureBins bins,
      Targets targets,
      Objective objective,
      BoostModel stored) {
    this.context = context;
    this.params = context.params();
    this.federation = context.federation();
    this.hosts = federation.parties(Role.HOST);
    this.settings = settings;
    this.train = train;
    this.bins = bins;
    this.targets = targets;
    this.weights = Targets.weights(train);
    this.objective = objective;
    this.stored = stored;
    this.owner = EncryptionKeys.generate(context, suite);
    this.offers =
        new HostOffers(context, owner, hosts, settings.rule(), params.bool("cipher_compress"));
    this.initial =
        stored == null
            ? objective.initial(targets.values())
            : stored.initial().stream().mapToDouble(Double::doubleValue).toArray();
    this.scoring = new Scoring(settings.learningRate(), initial, train.rowCount());
  }

  /**
   * A training that has ended.
   *
   * @param model what is kept
   * @param scores of the training rows by that
   * @param converged whether the loss stood still
   */
  record Trained(BoostModel model, double[][] scores, boolean converged) {}

  /** What scores start at, per dimension. */
  double[] initial() {
    return initial;
  }

  /** Trains to the end, which is not always the round that is kept. */
  Trained run(GuestRounds validation) throws InterruptedException {
    federation.sendAll(hosts, BoostMessages.KEY, Payload.ofBytes(owner.publicKey().encode()));
    int start = begin();
    int end = Math.addExact(start, settings.rounds());
    Convergence convergence = new Convergence(Convergence.Rule.DIFF, params.number("tol"));
    int stop = GO_ON;
    boolean ends = false;
    for (int round = start; stop == GO_ON && !ends; round++) {
      growRound(round);
      double loss = objective.meanLoss(scoring.scores(), targets.values(), weights);
      losses.add(loss);
      context.tracker().metric("train", "loss", List.of(new MetricPoint(round, loss)));
      boolean still = convergence.reached(loss, new double[0]) && params.bool("n_iter_no_change");
      stop = still ? CONVERGED : round + 1 == end ? LIMIT : GO_ON;
      federation.sendAll(hosts, MessageTag.of(BoostMessages.STOP, round), Payload.ofLongs(stop));
      ends = validation.ends(round, trees, scoring.scores());
      context
          .tracker()
          .progress(
              (round + 1.0 - start) / settings.rounds(), "round " + (round + 1) + " of " + end);
    }
    return keep(start, stop == CONVERGED, validation);
  }

  /** Takes the stored rounds over; how many. */
  private int begin() throws InterruptedException {
    context.tracker().metricMeta("train", "loss", "LOSS", Map.of("unit_name", "iters"));
    if (stored == null) {
      return 0;
    }
    context
        .tracker()
        .metric("train", "init_iter", List.of(new MetricPoint("init_iter", stored.rounds())));
    context.tracker().metricMeta("train", "init_iter", "init_iter", Map.of("unit_name", "iters"));
    trees.addAll(stored.trees());
    losses.addAll(stored.losses());
    scoring.walk(context, stored.trees(), 0, bins.features(), GuestRounds.START_SCOPE);
    return stored.rounds();
  }

  /** All trees of a round are fitted to the scores before it. */
  private void growRound(int round) throws InterruptedException {
    List<double[][]> derivatives = new ArrayList<>();
    for (int dimension = 0; dimension < objective.dimensions(); dimension++) {
      derivatives.add(
          weighted(objective.derivatives(scoring.scores(), targets.values(), dimension)));
    }
    TreeTurn turn = TreeTurn.of(params, settings, hosts, round);
    Samples.Rows sample = params.bool("run_goss") ? sample(derivatives, round) : null;
    int rows = train.rowCount();
    for (int dimension = 0; dimension < derivatives.size(); dimension++) {
      int number = round * objective.dimensions() + dimension;
      double[][] chosen =
          sample == null ? derivatives.get(dimension) : sample.of(derivatives.get(dimension));
      Grown tree =
          new TreeGrower(context, settings, bins, hosts, offers, number, turn)
              .grow(
                  sample == null ? IntStream.range(0, rows).toArray() : sample.rows(),
                  Gradients.of(chosen),
                  rows,
                  Samples.columns(settings, context.self(), bins.features().columns(), number));
      trees.add(tree.tree());
      grown.add(tree);
      scoring.add(tree.tree(), dimension, tree.leafOf());
    }
  }

  private double[][] weighted(double[][] derivatives) {
    if (weights != null) {
      for (double[] ofOrder : derivatives) {
        for (int row = 0; row < weights.length; row++) {
          ofOrder[row] *= weights[row];
        }
      }
    }
    return derivatives;
  }

  private Samples.Rows sample(List<double[][]> derivatives, int round) {
    double[] sizes = new double[train.rowCount()];
    for (double[][] ofDimension : derivatives) {
      for (int row = 0; row < sizes.length; row++) {
        sizes[row] += Math.abs(ofDimension[0][row]);
      }
    }
    return Samples.bySize(
        sizes, params.number("top_rate"), params.number("other_rate"), settings.seed(), round);
  }

  private Trained keep(int start, boolean converged, GuestRounds validation)
      throws InterruptedException {
    int dimensions = objective.dimensions();
    int rounds = trees.size() / dimensions;
    int best = BoostModel.NO_BEST_ITERATION;
    double[][] scores = scoring.scores();
    if (validation.chosen().isPresent()) {
      best = validation.chosen().get().iteration();
      scores = validation.chosen().get().state();
    }
    int kept = best < 0 ? rounds : best + 1;
    List<Grown> keptTrees = grown.subList(0, (kept - start) * dimensions);
    List<Importance> importances = new ArrayList<>(own(keptTrees));
    importances.addAll(GainsOfHosts.ask(context, owner, keptTrees));
    double least = losses.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    context
        .tracker()
        .metricMeta("train", "loss", "LOSS", Map.of("unit_name", "iters", "Best", least));
    BoostModel model =
        new BoostModel(
            train.schema().header(),
            List.copyOf(AnonymousNames.of(train.schema(), context.self()).values()),
            trees.subList(0, kept * dimensions),
            dimensions,
            targets.classes(),
            Arrays.stream(initial).boxed().toList(),
            losses,
            stored == null ? importances : Importance.sum(stored.importances(), importances),
            best,
            plan(kept));
    return new Trained(model, scores, converged && kept == rounds);
  }

  /** Whose turn it was, as FATE writes it; nothing where all parties split all levels. */
  private List<String> plan(int rounds) {
    return IntStream.range(0, rounds)
        .mapToObj(round -> TreeTurn.of(params, settings, hosts, round).plan())
        .filter(turn -> !turn.isEmpty())
        .toList();
  }

  private List<Importance> own(List<Grown> kept) {
    TreeMap<Integer, Importance> own = new TreeMap<>();
    List<String> header = train.schema().header();
    for (Grown tree : kept) {
      for (TreeNode node : tree.tree().nodes()) {
        if (node.split() != null) {
          int column = node.split().column();
          own.merge(
              column,
              new Importance(
                  context.self().toString(),
                  column,
                  header.get(column),
                  1,
                  tree.gains().get(node.id())),
              Importance::plus);
        }
      }
    }
    return List.copyOf(own.values());
  }
}
