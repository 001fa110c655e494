package io.fedflow.components.intersection;

import io.fedflow.federation.Payload;
import java.util.BitSet;

/**
 * What the guest gets from one host: the host's ids, which it masks again, and its own ids, which
 * the host masked again. Used by one thread.
 */
final class MaskedPeer {

  private final Channel channel;
  private final Batches theirs;
  private final Batches own;
  private final KeyIndex theirKeys;
  private final KeyIndex ownKeys;
  private final Mask exchange;

  /**
   * Nothing yet.
   *
   * @param count how many ids the host brings
   * @param own how the guest's ids are cut
   */
  MaskedPeer(Channel channel, int count, Batches own) {
    this(channel, count, new KeyIndex(count), own, null);
  }

  private MaskedPeer(Channel channel, int count, KeyIndex theirKeys, Batches own, Mask exchange) {
    this.channel = channel;
    this.theirs = new Batches(count);
    this.own = own;
    this.theirKeys = theirKeys;
    this.ownKeys = new KeyIndex(own.count());
    this.exchange = exchange;
  }

  /**
   * A host whose ids a cache holds: only the guest's ids are still to be exchanged.
   *
   * @param keys of the host's ids under the masks of both, in its order
   * @param own how the guest's ids are cut
   * @param exchange puts the cache's mask of the guest in the place of the one of this run
   */
  static MaskedPeer ofCache(Channel channel, byte[] keys, Batches own, Mask exchange) {
    return new MaskedPeer(channel, 0, KeyIndex.of(keys), own, exchange);
  }

  Channel channel() {
    return channel;
  }

  /** How many ids the host brings. */
  int count() {
    return theirs.count();
  }

  /** How many messages the host's ids come in. */
  int batches() {
    return theirs.size();
  }

  /** Receives some of the host's ids and masks them again. */
  void takeIds(Mask mask, int batch) throws InterruptedException {
    Mask.MaskedIds twice =
        channel
            .receive(IntersectionMessages.MASKED_IDS, batch)
            .read(Payload.Format.BYTES, mask::again);
    if (twice.count() != theirs.sizeOf(batch)) {
      throw channel.malformed(twice.count() + " masked ids, expected " + theirs.sizeOf(batch));
    }
    theirKeys.add(twice.keys());
  }

  /** The host's ids under the masks of both, in its order. */
  byte[] theirKeys() {
    return theirKeys.bytes();
  }

  /** Receives some of the guest's ids, masked again. */
  void takeTwiceMasked(int batch) throws InterruptedException {
    if (exchange != null) {
      takeWhole(batch);
      return;
    }
    ownKeys.add(
        MaskedKeys.decode(
            channel,
            channel.receive(IntersectionMessages.TWICE_MASKED_IDS, batch),
            own.sizeOf(batch)));
  }

  private void takeWhole(int batch) throws InterruptedException {
    Mask.MaskedIds exchanged =
        exchange.again(
            channel.receive(IntersectionMessages.EXCHANGED_IDS, batch).as(Payload.Format.BYTES));
    if (exchanged.count() != own.sizeOf(batch)) {
      throw channel.malformed(
          exchanged.count() + " twice masked ids, expected " + own.sizeOf(batch));
    }
    ownKeys.add(exchanged.keys());
  }

  /**
   * The position among the host's ids of each key that it masked for the guest, or -1; after all
   * was received.
   *
   * @throws io.fedflow.failure.FedflowException {@code intersection.message} (PEER) if an id occurs
   *     twice, which ids of a table cannot
   */
  int[] positions() {
    int twice = theirKeys.build();
    if (twice >= 0) {
      throw channel.malformed("a masked id twice, again at position " + twice);
    }
    int[] positions = new int[ownKeys.count()];
    BitSet seen = new BitSet(theirKeys.count());
    for (int i = 0; i < positions.length; i++) {
      positions[i] = theirKeys.find(ownKeys, i);
      if (positions[i] >= 0) {
        if (seen.get(positions[i])) {
          throw channel.malformed("a twice masked id twice, again at position " + i);
        }
        seen.set(positions[i]);
      }
    }
    return positions;
  }
}
