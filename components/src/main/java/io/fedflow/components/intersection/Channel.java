package io.fedflow.components.intersection;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;

/**
 * Messages with one peer in one part of the protocol.
 *
 * @param federation carries them
 * @param peer the other side
 * @param part 0 where the guest asks, 1 where hosts ask, from 2 on the sets of a {@link CountRing}
 */
record Channel(Federation federation, Party peer, int part) {

  /** Part in which the guest asks and hosts sign. */
  static final int GUEST_ASKS = 0;

  /** Part in which hosts ask and the guest signs. */
  static final int HOST_ASKS = 1;

  /** The first part of those in which sets are passed on. */
  static final int RING = 2;

  void send(String name, Payload payload) throws InterruptedException {
    federation.send(peer, MessageTag.of(name, part), payload);
  }

  void send(String name, int batch, Payload payload) throws InterruptedException {
    federation.send(peer, MessageTag.of(name, part, batch), payload);
  }

  Payload receive(String name) throws InterruptedException {
    return federation.receive(peer, MessageTag.of(name, part));
  }

  Payload receive(String name, int batch) throws InterruptedException {
    return federation.receive(peer, MessageTag.of(name, part, batch));
  }

  void sendCount(int count) throws InterruptedException {
    send(IntersectionMessages.ID_COUNT, Payload.ofLongs(count));
  }

  /**
   * How many ids the peer brings.
   *
   * @throws FedflowException {@code intersection.message} (PEER) if that is no possible count
   */
  int receiveCount() throws InterruptedException {
    long[] counts = receive(IntersectionMessages.ID_COUNT).asLongs();
    if (counts.length != 1 || counts[0] < 0 || counts[0] > Integer.MAX_VALUE / KeyIndex.WIDTH) {
      throw malformed("an impossible count of ids");
    }
    return (int) counts[0];
  }

  /**
   * How many ids are common.
   *
   * @param limit how many the receiver has
   * @throws FedflowException {@code intersection.message} (PEER) if that is no possible count
   */
  int receiveCardinality(int limit) throws InterruptedException {
    long[] counts = receive(IntersectionMessages.CARDINALITY).asLongs();
    if (counts.length != 1 || counts[0] < 0 || counts[0] > limit) {
      throw malformed("an impossible number of common ids");
    }
    return (int) counts[0];
  }

  /** Sends positions in a list that the peer owns, ascending. */
  void sendPositions(String name, int[] positions) throws InterruptedException {
    long[] values = new long[positions.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = positions[i];
    }
    send(name, Payload.ofLongs(values));
  }

  /**
   * Positions in an own list.
   *
   * @param limit length of the list
   * @throws FedflowException {@code intersection.message} (PEER) if they are not ascending
   *     positions of the list
   */
  int[] receivePositions(String name, int limit) throws InterruptedException {
    long[] values = receive(name).asLongs();
    int[] positions = new int[values.length];
    long last = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] <= last || values[i] >= limit) {
        throw malformed("a position out of order or outside the " + limit + " ids");
      }
      last = values[i];
      positions[i] = (int) values[i];
    }
    return positions;
  }

  /** A message that does not follow the protocol. */
  FedflowException malformed(String found) {
    return FedflowException.peer(
        "intersection.message", "intersection with " + peer + ": found " + found);
  }
}
