package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.PlaintextBatch;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the guest makes of the candidates of hosts: it sends them encrypted derivatives, decrypts
 * the sums they return, and finds the best. It sees sums and numbers without names. Belongs to one
 * training; not thread-safe.
 */
final class HostOffers {

  /**
   * The best candidate of a host for a node.
   *
   * @param host position of the host
   * @param mask its number at the host
   * @param left sums of the rows that it would send left
   * @param gain what it is worth
   */
  record Offer(int host, int mask, NodeSums left, double gain) {

    /**
     * Among equal gains, an order that does not depend on how columns are dealt out to hosts, nor
     * on the order in which a host names its candidates.
     */
    static final Comparator<Offer> ORDER =
        Comparator.comparingLong((Offer offer) -> offer.left.rows())
            .thenComparingLong(offer -> offer.left.g())
            .thenComparingLong(offer -> offer.left.h())
            .thenComparingInt(Offer::host)
            .thenComparingInt(Offer::mask);
  }

  private final TaskContext context;
  private final AdditiveOwner owner;
  private final List<Party> hosts;
  private final SplitRule rule;
  private final boolean packed;
  private GradientPacking packing;
  private Gradients.Scales scales;

  HostOffers(
      TaskContext context, AdditiveOwner owner, List<Party> hosts, SplitRule rule, boolean packed) {
    this.context = context;
    this.owner = owner;
    this.hosts = hosts;
    this.rule = rule;
    this.packed = packed;
  }

  /** Sends hosts the derivatives that a tree is grown on. */
  void begin(int tree, Gradients gradients, List<Party> to) throws InterruptedException {
    packing = new GradientPacking(owner.publicKey(), gradients.rows(), packed);
    scales = gradients.scales();
    List<PlaintextBatch> parts = packing.rows(gradients);
    for (int part = 0; part < parts.size(); part++) {
      byte[] encrypted = owner.cipher().encrypt(parts.get(part), context.entropy()).encode();
      context
          .federation()
          .sendAll(
              to,
              MessageTag.of(BoostMessages.GRADIENTS, tree, part),
              Payload.ofCiphertexts(encrypted));
    }
  }

  /**
   * The best offer for every open node.
   *
   * @param nodes sums of the open nodes
   * @param asked positions of the hosts that take part
   * @return null for a node without one
   */
  Offer[] best(int tree, int level, NodeSums[] nodes, List<Integer> asked)
      throws InterruptedException {
    Offer[] best = new Offer[nodes.length];
    for (int host : asked) {
      int done = 0;
      for (int part = 0; done < nodes.length; part++) {
        context.checkStopped();
        done += read(host, MessageName.of(tree, level, part), done, nodes, best);
      }
    }
    return best;
  }

  /** Where a message of a host belongs. */
  private record MessageName(int tree, int level, int part) {
    static MessageName of(int tree, int level, int part) {
      return new MessageName(tree, level, part);
    }

    MessageTag tag(String name) {
      return MessageTag.of(name, tree, level, part);
    }

    MessageTag tag(String name, int batch) {
      return MessageTag.of(name, tree, level, part, batch);
    }
  }

  /** Reads candidates of some nodes; how many nodes. */
  private int read(int host, MessageName name, int first, NodeSums[] nodes, Offer[] best)
      throws InterruptedException {
    Party from = hosts.get(host);
    long[] counts = context.federation().receive(from, name.tag(BoostMessages.COUNTS)).asLongs();
    if (counts.length < 1
        || counts[0] < 1
        || counts[0] > nodes.length - first
        || (counts.length - 1) % counts[0] != 0) {
      throw BoostMessages.malformed(
          from, counts.length + " counts for " + (nodes.length - first) + " nodes");
    }
    int told = (int) counts[0];
    int candidates = (counts.length - 1) / told;
    if (candidates == 0) {
      return told;
    }
    long[] rows = new long[told * candidates];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = counts[i + 1];
      if (rows[i] < 0 || rows[i] > nodes[first + i / candidates].rows()) {
        throw BoostMessages.malformed(from, "a candidate of " + rows[i] + " rows");
      }
    }
    NodeSums[] left = decrypt(from, name, rows);
    for (int node = 0; node < told; node++) {
      Offer offer =
          bestOf(host, nodes[first + node], left, node * candidates, (node + 1) * candidates);
      best[first + node] = better(best[first + node], offer);
    }
    return told;
  }

  private NodeSums[] decrypt(Party from, MessageName name, long[] rows)
      throws InterruptedException {
    List<PlaintextBatch> parts = new ArrayList<>();
    for (int batch = 0; batch < packing.parts(); batch++) {
      CiphertextBatch sums =
          context
              .federation()
              .receive(from, name.tag(BoostMessages.SUMS, batch))
              .read(
                  Payload.Format.CIPHERTEXTS,
                  bytes -> owner.cipher().decode(bytes, packing.ciphertexts(rows.length)));
      parts.add(owner.decrypt(sums));
    }
    NodeSums[] read = packing.read(parts, rows, scales);
    for (NodeSums one : read) {
      if (one == null) {
        throw BoostMessages.malformed(from, "sums that so many rows cannot have");
      }
    }
    return read;
  }

  private Offer bestOf(int host, NodeSums node, NodeSums[] left, int from, int to) {
    double[] gains = new double[to - from];
    double most = SplitRule.NONE;
    for (int i = from; i < to; i++) {
      gains[i - from] = rule.gain(node, left[i]);
      most = Math.max(most, gains[i - from]);
    }
    Offer best = null;
    for (int i = from; most != SplitRule.NONE && i < to; i++) {
      if (gains[i - from] >= most - SplitRule.TIE) {
        Offer offer = new Offer(host, i - from, left[i], gains[i - from]);
        best = best == null || Offer.ORDER.compare(offer, best) < 0 ? offer : best;
      }
    }
    return best;
  }

  private static Offer better(Offer one, Offer other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    if (Math.abs(one.gain - other.gain) > SplitRule.TIE) {
      return one.gain > other.gain ? one : other;
    }
    return Offer.ORDER.compare(one, other) <= 0 ? one : other;
  }
}
