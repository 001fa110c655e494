package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.components.boosting.FeatureBins.Candidate;
import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A host's part of one tree: offers candidates under numbers, learns which were chosen, and routes
 * the rows of its own splits. One object for one tree; not thread-safe.
 */
final class HostTree {

  /** Candidates of one message: more of them are sent in several. */
  private static final int MOST_CANDIDATES = 1 << 17;

  private final TaskContext context;
  private final Federation federation;
  private final Party guest;
  private final AdditiveCipher cipher;
  private final BoostSettings settings;
  private final FeatureBins bins;
  private final CandidateOrder order;
  private final boolean packed;
  private final int tree;
  private final Map<Integer, TreeNode.Split> splits = new HashMap<>();
  private Frontier frontier;
  private int[] rows;
  private HostCandidates candidates;
  private HostHistograms histograms;
  private GradientPacking packing;

  /**
   * A tree that has not begun.
   *
   * @param packed whether both derivatives of a row share a ciphertext
   * @param tree its number in the training
   */
  HostTree(
      TaskContext context,
      AdditiveCipher cipher,
      BoostSettings settings,
      FeatureBins bins,
      CandidateOrder order,
      boolean packed,
      int tree) {
    this.context = context;
    this.federation = context.federation();
    this.guest = federation.parties(Role.GUEST).get(0);
    this.cipher = cipher;
    this.settings = settings;
    this.bins = bins;
    this.order = order;
    this.packed = packed;
    this.tree = tree;
  }

  /**
   * Takes part.
   *
   * @param all how many rows there are
   * @param columns own columns that may split
   * @return the tree as this host knows it
   */
  Tree grow(int all, int[] columns) throws InterruptedException {
    long[] concerns = federation.receive(guest, MessageTag.of(BoostMessages.TREE, tree)).asLongs();
    if (concerns.length != 1) {
      throw BoostMessages.malformed(guest, concerns.length + " numbers to announce a tree");
    }
    if (concerns[0] == 1) {
      begin(all, columns);
      for (int level = 0; frontier.open().length > 0; level++) {
        context.checkStopped();
        growLevel(level);
      }
    }
    List<Party> hosts = federation.parties(Role.HOST);
    return Skeleton.decode(
        guest,
        federation.receive(guest, MessageTag.of(BoostMessages.SKELETON, tree)),
        hosts,
        hosts.indexOf(context.self()),
        splits);
  }

  private void begin(int all, int[] columns) throws InterruptedException {
    frontier = new Frontier(all);
    rows = receiveRows(all);
    packing = new GradientPacking(cipher.key(), rows.length, packed);
    List<CiphertextBatch> gradients = new ArrayList<>();
    for (int part = 0; part < packing.parts(); part++) {
      gradients.add(
          federation
              .receive(guest, MessageTag.of(BoostMessages.GRADIENTS, tree, part))
              .read(Payload.Format.CIPHERTEXTS, bytes -> cipher.decode(bytes, rows.length)));
    }
    candidates = new HostCandidates(bins, columns);
    int[] usable = candidates.columns();
    int[][] indexes = new int[usable.length][];
    int[] widths = new int[usable.length];
    for (int i = 0; i < usable.length; i++) {
      indexes[i] = bins.indexes()[usable[i]];
      widths[i] = bins.width(usable[i]);
    }
    histograms = new HostHistograms(cipher, gradients, rows, indexes, widths);
  }

  /** The rows that the tree is grown on; no positions stand for all. */
  private int[] receiveRows(int all) throws InterruptedException {
    long[] told = federation.receive(guest, MessageTag.of(BoostMessages.ROWS, tree)).asLongs();
    if (told.length == 0) {
      return IntStream.range(0, all).toArray();
    }
    for (int i = 0; i < told.length; i++) {
      if (told[i] < 0 || told[i] >= all || i > 0 && told[i] <= told[i - 1]) {
        throw BoostMessages.malformed(guest, "row " + told[i] + " to grow a tree on");
      }
    }
    return IntStream.range(0, told.length).map(i -> (int) told[i]).toArray();
  }

  private void growLevel(int level) throws InterruptedException {
    int[] open = frontier.open();
    List<int[]> orders = new ArrayList<>();
    for (int node : open) {
      orders.add(order.of(tree, node, candidates.count()));
    }
    offer(level, open, orders);
    long[] choice =
        federation.receive(guest, MessageTag.of(BoostMessages.CHOICE, tree, level)).asLongs();
    if (choice.length != open.length) {
      throw BoostMessages.malformed(
          guest, choice.length + " choices for " + open.length + " nodes");
    }
    BitSet left = new BitSet(frontier.rows());
    boolean any = false;
    for (int i = 0; i < open.length; i++) {
      if (choice[i] < -1 || choice[i] >= candidates.count()) {
        throw BoostMessages.malformed(guest, "choice " + choice[i]);
      }
      if (choice[i] >= 0) {
        any = true;
        split(open[i], i, orders.get(i)[(int) choice[i]], left);
      }
    }
    if (any) {
      federation.send(
          guest,
          MessageTag.of(BoostMessages.DIRECTIONS, tree, level),
          LevelOutcome.encodeRows(left, frontier.rows()));
    }
    frontier.follow(
        LevelOutcome.decode(
            guest,
            federation.receive(guest, MessageTag.of(BoostMessages.LEVEL, tree, level)),
            open.length,
            frontier.rows()));
  }

  private void offer(int level, int[] open, List<int[]> orders) throws InterruptedException {
    if (candidates.count() == 0) {
      sendCounts(level, 0, 0, open.length, orders);
      return;
    }
    boolean atOnce = histograms.fits(open.length);
    if (atOnce) {
      histograms.compute(frontier);
    }
    int perMessage =
        Math.min(settings.nodesPerMessage(), Math.max(1, MOST_CANDIDATES / candidates.count()));
    int part = 0;
    for (int from = 0; from < open.length; from += perMessage) {
      int to = Math.min(open.length, from + perMessage);
      if (!atOnce) {
        histograms.computeOnly(frontier, Arrays.copyOfRange(open, from, to));
      }
      sendCounts(level, part, from, to, orders);
      sendSums(level, part++, open, from, to, orders);
    }
  }

  private void sendCounts(int level, int part, int from, int to, List<int[]> orders)
      throws InterruptedException {
    int[] positions = new int[rows.length];
    for (int i = 0; i < positions.length; i++) {
      int position = frontier.position(rows[i]);
      positions[i] = position >= from && position < to ? position - from : TreeNode.NONE;
    }
    long[][] counts = candidates.leftCounts(rows, positions, to - from);
    long[] told = new long[1 + counts.length * candidates.count()];
    told[0] = counts.length;
    int at = 1;
    for (int node = 0; node < counts.length; node++) {
      for (int candidate : orders.get(from + node)) {
        told[at++] = counts[node][candidate];
      }
    }
    federation.send(
        guest, MessageTag.of(BoostMessages.COUNTS, tree, level, part), Payload.ofLongs(told));
  }

  /**
   * The guest knows the randomness of every row: without a fresh one it could test which rows a sum
   * is made of.
   */
  private void sendSums(int level, int part, int[] open, int from, int to, List<int[]> orders)
      throws InterruptedException {
    for (int batch = 0; batch < packing.parts(); batch++) {
      List<CiphertextBatch> nodes = new ArrayList<>();
      for (int i = from; i < to; i++) {
        nodes.add(histograms.of(open[i]).get(batch));
      }
      CiphertextBatch sums = candidates.leftSums(cipher, nodes, orders.subList(from, to));
      federation.send(
          guest,
          MessageTag.of(BoostMessages.SUMS, tree, level, part, batch),
          Payload.ofCiphertexts(
              cipher.rerandomise(packing.outgoing(cipher, sums), context.entropy()).encode()));
    }
  }

  private void split(int node, int position, int chosen, BitSet left) {
    BitSet inNode = new BitSet(frontier.rows());
    for (int row = 0; row < frontier.rows(); row++) {
      inNode.set(row, frontier.position(row) == position);
    }
    Candidate candidate = candidates.get(candidates.first(chosen, inNode));
    TreeNode.Split split =
        new TreeNode.Split(candidate.column(), bins.threshold(candidate), candidate.missingLeft());
    splits.put(node, split);
    for (int row = inNode.nextSetBit(0); row >= 0; row = inNode.nextSetBit(row + 1)) {
      left.set(
          row, bins.features().left(row, split.column(), split.threshold(), split.missingLeft()));
    }
  }
}
