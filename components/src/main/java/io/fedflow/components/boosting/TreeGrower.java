package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.components.boosting.FeatureBins.Candidate;
import io.fedflow.components.boosting.FeatureBins.Features;
import io.fedflow.components.boosting.HostOffers.Offer;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Grows one tree at the guest, level by level: finds the best split of every open node among its
 * own columns and those of hosts, has the owner route the rows, and tells the hosts what became of
 * the level. One object for one tree; not thread-safe.
 */
final class TreeGrower {

  /** What the guest puts between the parties' choices. */
  private static final long NOT_CHOSEN = -1;

  private final TaskContext context;
  private final Federation federation;
  private final BoostSettings settings;
  private final FeatureBins bins;
  private final List<Party> hosts;
  private final HostOffers offers;
  private final int tree;
  private final Map<Integer, TreeNode.Split> ownSplits = new HashMap<>();
  private final Map<Integer, Integer> owners = new HashMap<>();
  private final Map<Integer, Double> gains = new HashMap<>();
  private final TreeTurn turn;
  private List<Party> partners;
  private Frontier frontier;
  private int[] rows;
  private Gradients gradients;
  private NodeSums[] open;

  /**
   * A tree that has not begun.
   *
   * @param tree its number in the training
   * @param turn whose columns may split it
   */
  TreeGrower(
      TaskContext context,
      BoostSettings settings,
      FeatureBins bins,
      List<Party> hosts,
      HostOffers offers,
      int tree,
      TreeTurn turn) {
    this.context = context;
    this.federation = context.federation();
    this.settings = settings;
    this.bins = bins;
    this.hosts = hosts;
    this.offers = offers;
    this.tree = tree;
    this.turn = turn;
  }

  /**
   * A grown tree.
   *
   * @param tree as the guest knows it
   * @param leafOf the leaf of every row
   * @param owners per node that is split, -1 for the guest, or the position of the host
   * @param gains per node that is split, what that gained
   */
  record Grown(Tree tree, int[] leafOf, Map<Integer, Integer> owners, Map<Integer, Double> gains) {}

  /**
   * Grows.
   *
   * @param sample the rows to grow on, ascending; the derivatives are theirs
   * @param all how many rows there are: all of them get a leaf
   * @param columns own columns that may split
   */
  Grown grow(int[] sample, Gradients derivatives, int all, int[] columns)
      throws InterruptedException {
    rows = sample;
    gradients = derivatives;
    frontier = new Frontier(all);
    open = sums(1);
    boolean divisible = settings.rule().divisible(open[0].rows());
    if (!divisible) {
      frontier.open(new int[0]);
    }
    partners = divisible ? turn.hosts().stream().map(hosts::get).toList() : List.of();
    announce();
    OwnSplits own = new OwnSplits(context, bins, settings.rule());
    for (int level = 0; frontier.open().length > 0; level++) {
      context.checkStopped();
      growLevel(
          level,
          turn.guestAt(level)
              ? own.find(frontier, rows, gradients, open, columns)
              : new OwnSplits.Best[open.length]);
    }
    return finish();
  }

  /** Tells hosts whether the tree concerns them; if so, which rows it is grown on, and how. */
  private void announce() throws InterruptedException {
    for (Party host : hosts) {
      federation.send(
          host,
          MessageTag.of(BoostMessages.TREE, tree),
          Payload.ofLongs(partners.contains(host) ? 1 : 0));
    }
    if (partners.isEmpty()) {
      return;
    }
    // No positions stand for all rows.
    long[] sampled =
        rows.length < frontier.rows() ? Arrays.stream(rows).asLongStream().toArray() : new long[0];
    federation.sendAll(partners, MessageTag.of(BoostMessages.ROWS, tree), Payload.ofLongs(sampled));
    offers.begin(tree, gradients, partners);
  }

  private boolean asksAt(int level) {
    return !partners.isEmpty() && turn.hostsAt(level);
  }

  private void growLevel(int level, OwnSplits.Best[] own) throws InterruptedException {
    int[] ids = frontier.open();
    Offer[] offered =
        asksAt(level) ? offers.best(tree, level, open, turn.hosts()) : new Offer[ids.length];
    boolean[] split = new boolean[ids.length];
    long[][] choices = new long[hosts.size()][ids.length];
    for (long[] ofHost : choices) {
      Arrays.fill(ofHost, NOT_CHOSEN);
    }
    for (int i = 0; i < ids.length; i++) {
      split[i] = own[i] != null || offered[i] != null;
      // The guest wins ties.
      if (own[i] != null
          && (offered[i] == null || own[i].gain() >= offered[i].gain() - SplitRule.TIE)) {
        Candidate candidate = own[i].candidate();
        ownSplits.put(
            ids[i],
            new TreeNode.Split(
                candidate.column(), bins.threshold(candidate), candidate.missingLeft()));
        owners.put(ids[i], TreeNode.NONE);
        gains.put(ids[i], own[i].gain());
      } else if (offered[i] != null) {
        choices[offered[i].host()][i] = offered[i].mask();
        owners.put(ids[i], offered[i].host());
        gains.put(ids[i], offered[i].gain());
      }
    }
    BitSet left = route(level, choices);
    tell(level, split, left);
  }

  /** Which rows go left: own splits are looked up, the others asked for. */
  private BitSet route(int level, long[][] choices) throws InterruptedException {
    for (Party host : asksAt(level) ? partners : List.<Party>of()) {
      federation.send(
          host,
          MessageTag.of(BoostMessages.CHOICE, tree, level),
          Payload.ofLongs(choices[hosts.indexOf(host)]));
    }
    BitSet[] ofHosts = new BitSet[hosts.size()];
    for (int host = 0; host < ofHosts.length; host++) {
      if (Arrays.stream(choices[host]).anyMatch(choice -> choice != NOT_CHOSEN)) {
        Party from = hosts.get(host);
        ofHosts[host] =
            LevelOutcome.decodeRows(
                from,
                federation.receive(from, MessageTag.of(BoostMessages.DIRECTIONS, tree, level)),
                frontier.rows());
      }
    }
    BitSet left = new BitSet(frontier.rows());
    Features features = bins.features();
    for (int row = 0; row < frontier.rows(); row++) {
      Integer owner = owners.get(frontier.nodeOf(row));
      if (frontier.position(row) < 0 || owner == null) {
        continue;
      }
      if (owner == TreeNode.NONE) {
        TreeNode.Split split = ownSplits.get(frontier.nodeOf(row));
        left.set(row, features.left(row, split.column(), split.threshold(), split.missingLeft()));
      } else {
        left.set(row, ofHosts[owner].get(row));
      }
    }
    return left;
  }

  /** Moves to the next level, and tells hosts. */
  private void tell(int level, boolean[] split, BitSet left) throws InterruptedException {
    frontier.split(split, left);
    NodeSums[] all = sums(frontier.nodes());
    boolean deeper = level + 1 < turn.depth();
    boolean[] leftOpen = new boolean[split.length];
    boolean[] rightOpen = new boolean[split.length];
    int[] next = new int[2 * split.length];
    int count = 0;
    int parent = 0;
    for (int i = 0; i < split.length; i++) {
      if (split[i]) {
        Frontier.Parent at = frontier.latest().get(parent++);
        leftOpen[i] = deeper && settings.rule().divisible(all[at.left()].rows());
        rightOpen[i] = deeper && settings.rule().divisible(all[at.right()].rows());
        if (leftOpen[i]) {
          next[count++] = at.left();
        }
        if (rightOpen[i]) {
          next[count++] = at.right();
        }
      }
    }
    frontier.open(Arrays.copyOf(next, count));
    open = Arrays.stream(frontier.open()).mapToObj(id -> all[id]).toArray(NodeSums[]::new);
    if (asksAt(level)) {
      // For hosts, what they may not split any more is closed.
      boolean goOn = turn.hostsAt(level + 1);
      boolean[] none = new boolean[split.length];
      LevelOutcome told =
          new LevelOutcome(split, goOn ? leftOpen : none, goOn ? rightOpen : none, left);
      federation.sendAll(
          partners, MessageTag.of(BoostMessages.LEVEL, tree, level), told.encode(frontier.rows()));
    }
  }

  /** Sums by node over the rows that the tree is grown on. */
  private NodeSums[] sums(int nodes) {
    long[] g = new long[nodes];
    long[] h = new long[nodes];
    long[] counts = new long[nodes];
    for (int i = 0; i < rows.length; i++) {
      int node = frontier.nodeOf(rows[i]);
      g[node] += gradients.g()[i];
      h[node] += gradients.h()[i];
      counts[node]++;
    }
    NodeSums[] sums = new NodeSums[nodes];
    for (int node = 0; node < nodes; node++) {
      sums[node] = new NodeSums(g[node], h[node], counts[node], gradients.scales());
    }
    return sums;
  }

  private Grown finish() throws InterruptedException {
    NodeSums[] sums = sums(frontier.nodes());
    int[] leafOf = new int[frontier.rows()];
    int[] counts = new int[sums.length];
    for (int row = 0; row < leafOf.length; row++) {
      leafOf[row] = frontier.nodeOf(row);
      counts[leafOf[row]]++;
    }
    TreeNode[] nodes = new TreeNode[sums.length];
    String self = context.self().toString();
    for (int id = 0; id < nodes.length; id++) {
      nodes[id] = TreeNode.leaf(id, self, settings.rule().weight(sums[id]), counts[id]);
    }
    for (Frontier.Parent parent : frontier.parents()) {
      int owner = owners.get(parent.id());
      nodes[parent.id()] =
          new TreeNode(
              parent.id(),
              owner == TreeNode.NONE ? self : hosts.get(owner).toString(),
              ownSplits.get(parent.id()),
              0,
              parent.left(),
              parent.right(),
              0);
    }
    Tree grown = new Tree(List.of(nodes));
    federation.sendAll(
        hosts,
        MessageTag.of(BoostMessages.SKELETON, tree),
        Skeleton.encode(grown, self, hosts.stream().map(Party::toString).toList()));
    return new Grown(grown, leafOf, owners, gains);
  }
}
