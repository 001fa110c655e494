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

  /**
   * Nothing yet.
   *
   * @param count how many ids the host brings
   * @param own how the guest's ids are cut
   */
  MaskedPeer(Channel channel, int count, Batches own) {
    this.channel = channel;
    this.theirs = new Batches(count);
    this.own = own;
    this.theirKeys = new KeyIndex(count);
    this.ownKeys = new KeyIndex(own.count());
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

  /** Receives some of the guest's ids, masked again. */
  void takeTwiceMasked(int batch) throws InterruptedException {
    ownKeys.add(
        MaskedKeys.decode(
            channel,
            channel.receive(IntersectionMessages.TWICE_MASKED_IDS, batch),
            own.sizeOf(batch)));
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
