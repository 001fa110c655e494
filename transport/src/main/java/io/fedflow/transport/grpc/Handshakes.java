package io.fedflow.transport.grpc;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Makes sure, before a party is spoken to at an address, that both sites share a version of the
 * protocol. Asked once, and again after a call failed: another release may run there then. Confined
 * to one context.
 */
final class Handshakes {

  private record Peer(SiteAddress address, String partyId) {}

  /** Far more than can be routed to; then it begins anew. */
  private static final int MOST = 100_000;

  private final BiFunction<SiteAddress, String, Future<HelloReply>> greeting;
  private final Map<Peer, Future<Agreement>> known = new HashMap<>();

  /**
   * Knows nobody so far.
   *
   * @param greeting asks who serves a party at an address
   */
  Handshakes(BiFunction<SiteAddress, String, Future<HelloReply>> greeting) {
    this.greeting = greeting;
  }

  /**
   * Completes when the sites are known to understand each other, with what the other one takes.
   *
   * @return fails with {@link CallFailed} if nobody answers, or {@code protocol.version} if they
   *     share no version
   */
  Future<Agreement> agreed(SiteAddress address, String partyId) {
    Peer peer = new Peer(address, partyId);
    Future<Agreement> agreement = known.get(peer);
    if (agreement == null) {
      if (known.size() >= MOST) {
        known.clear();
      }
      agreement = greeting.apply(address, partyId).map(reply -> compare(peer, reply));
      known.put(peer, agreement);
      agreement.onFailure(failed -> known.remove(peer));
    }
    return agreement;
  }

  /** Asks again before the next call. */
  void forget(SiteAddress address, String partyId) {
    Future<Agreement> agreement = known.get(new Peer(address, partyId));
    // One that is being made answers for itself.
    if (agreement != null && agreement.isComplete()) {
      known.remove(new Peer(address, partyId));
    }
  }

  private static Agreement compare(Peer peer, HelloReply reply) {
    int oldest = reply.getProtocols().getOldest();
    int newest = reply.getProtocols().getNewest();
    boolean shared =
        Integer.compareUnsigned(oldest, Protocol.VERSION) <= 0
            && Integer.compareUnsigned(newest, Protocol.VERSION) >= 0;
    if (!shared) {
      throw FedflowException.peer(
          "protocol.version",
          "the site of party "
              + peer.partyId()
              + " at "
              + peer.address()
              + " ("
              + reply.getSoftware()
              + ") speaks protocol versions "
              + Integer.toUnsignedString(oldest)
              + " to "
              + Integer.toUnsignedString(newest)
              + ", this site ("
              + Protocol.SOFTWARE
              + ") speaks "
              + Protocol.OLDEST
              + " to "
              + Protocol.VERSION
              + "; bring both sites to releases that share a version");
    }
    return Agreement.of(reply);
  }
}
