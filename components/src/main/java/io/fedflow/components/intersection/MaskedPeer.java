package io.fedflow.components.intersection;

import io.fedflow.federation.Payload;

/**
 * What the guest gets from one host: the host's ids, which it masks again, and its own ids, which
 * the host masked again. Used by one thread.
 */
final class MaskedPeer implements AutoCloseable {

  private final Channel channel;
  private final Batches theirs;
  private final Batches own;
  private final KeyMatch keys;
  private final Mask exchange;

  /**
   * Nothing yet.
   *
   * @param count how many ids the host brings
   * @param own how the guest's ids are cut
   * @param keys of both sides; closed with the peer
   */
  MaskedPeer(Channel channel, int count, Batches own, KeyMatch keys) {
    this(channel, count, own, keys, null);
  }

  private MaskedPeer(Channel channel, int count, Batches own, KeyMatch keys, Mask exchange) {
    this.channel = channel;
    this.theirs = new Batches(count);
    this.own = own;
    this.keys = keys;
    this.exchange = exchange;
  }

  /**
   * A host whose ids a cache holds: only the guest's ids are still to be exchanged.
   *
   * @param kept keys of the host's ids under the masks of both, in its order
   * @param own how the guest's ids are cut
   * @param exchange puts the cache's mask of the guest in the place of the one of this run
   * @param room where keys of both wait
   */
  static MaskedPeer ofCache(
      Channel channel, HostKeys kept, Batches own, Mask exchange, KeyRoom room)
      throws InterruptedException {
    KeyMatch match = room.match(kept.count(), own.count());
    try {
      kept.giveTo((batch, keys) -> match.addTheirs(keys));
      return new MaskedPeer(channel, 0, own, match, exchange);
    } catch (InterruptedException | RuntimeException failed) {
      match.close();
      throw failed;
    }
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

  /**
   * Receives some of the host's ids and masks them again.
   *
   * @return their keys
   */
  byte[] takeIds(Mask mask, int batch) throws InterruptedException {
    Mask.MaskedIds twice =
        channel
            .receive(IntersectionMessages.MASKED_IDS, batch)
            .read(Payload.Format.BYTES, mask::again);
    if (twice.count() != theirs.sizeOf(batch)) {
      throw channel.malformed(twice.count() + " masked ids, expected " + theirs.sizeOf(batch));
    }
    keys.addTheirs(twice.keys());
    return twice.keys();
  }

  /** Receives some of the guest's ids, masked again. */
  void takeTwiceMasked(int batch) throws InterruptedException {
    if (exchange != null) {
      takeWhole(batch);
      return;
    }
    keys.addOwn(
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
    keys.addOwn(exchanged.keys());
  }

  /**
   * The position among the host's ids of each key that it masked for the guest, or -1; after all
   * was received.
   *
   * @throws io.fedflow.failure.FedflowException {@code intersection.message} (PEER) if an id occurs
   *     twice, which ids of a table cannot
   * @throws InterruptedException if the task was stopped
   */
  int[] positions() throws InterruptedException {
    KeyMatch.Positions found = keys.positions();
    if (found.theirsTwice() >= 0) {
      throw channel.malformed("a masked id twice, again at position " + found.theirsTwice());
    }
    if (found.ownTwice() >= 0) {
      throw channel.malformed("a twice masked id twice, again at position " + found.ownTwice());
    }
    return found.of();
  }

  @Override
  public void close() {
    keys.close();
  }
}
