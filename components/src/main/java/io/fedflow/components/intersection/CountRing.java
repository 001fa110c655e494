package io.fedflow.components.intersection;

import io.fedflow.federation.Federation;
import io.fedflow.party.Party;

/**
 * The way of the sets when ids are counted that a guest and several hosts have in common. Every set
 * is masked by all parties: the guest's goes to one host after the other, a host's to the hosts
 * behind it in a circle and to the guest last. So no host ever sees two sets under the same masks,
 * which it could compare. The guest carries all messages.
 *
 * @param hosts how many, at least 2
 */
record CountRing(int hosts) {

  /** The set of the guest; host i's set is i. */
  int guestSet() {
    return hosts;
  }

  /** How many hops a set makes among the hosts. */
  int hops(int set) {
    return set == guestSet() ? hosts : hosts - 1;
  }

  /** The host that a set comes to at a hop, from 1. */
  int hostAt(int set, int hop) {
    return set == guestSet() ? hop - 1 : (set + hop) % hosts;
  }

  /** How the guest and a host exchange a set. */
  static Channel channel(Federation federation, Party peer, int set) {
    return new Channel(federation, peer, Channel.RING + set);
  }
}
