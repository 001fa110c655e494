package io.fedflow.transport.grpc;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.identity.LogOnce;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Greets the site of a party: once at each address until one answers, then a few times there to
 * measure the round trip. Confined to one context.
 */
final class Pinging {

  private static final Logger LOG = System.getLogger(Pinging.class.getName());

  private final Peers peers;
  private final String partyId;
  private final int rounds;
  private final LogOnce clocks;
  private final Way way;
  private final List<String> failures = new ArrayList<>();
  private final List<Long> micros = new ArrayList<>();
  private Optional<PeerIdentity> certificate = Optional.empty();
  private long aheadMillis;

  /**
   * A ping that did not start.
   *
   * @param clocks warns of clocks that are off, once for each party
   */
  Pinging(Peers peers, String partyId, int rounds, LogOnce clocks) {
    this.clocks = clocks;
    this.peers = peers;
    this.partyId = partyId;
    this.rounds = rounds;
    this.way = peers.way(partyId);
  }

  /** Starts, and tells how it ends. */
  Future<Ping> start() {
    Optional<SiteAddress> next = way.next();
    if (next.isEmpty()) {
      return Future.failedFuture(
          unreachable("no route leads to it; add its address or a default route"));
    }
    SiteAddress address = next.get();
    return peers
        .agreed(address, partyId)
        .compose(agreed -> peers.certificate(address, partyId))
        .compose(
            shown -> {
              certificate = shown;
              return measure(address);
            })
        .onSuccess(answered -> way.worked(address))
        .recover(failure -> elsewhere(address, failure));
  }

  private Future<Ping> elsewhere(SiteAddress address, Throwable failure) {
    if (failure instanceof FedflowException) {
      return Future.failedFuture(failure);
    }
    way.failed(address);
    failures.add("at " + address + ": " + TlsTrouble.words(failure));
    return way.more()
        ? start()
        : Future.failedFuture(
            unreachable(
                String.join("; ", failures)
                    + "; check that its server runs and that the route to it is right"));
  }

  private Future<Ping> measure(SiteAddress address) {
    long begun = System.currentTimeMillis();
    long before = System.nanoTime();
    return peers
        .greet(address, partyId)
        .compose(
            reply -> {
              micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - before));
              long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
              aheadMillis = Skew.millis(reply, begun + tookMillis / 2, tookMillis);
              return micros.size() < rounds ? measure(address) : ended(address, reply);
            });
  }

  private Future<Ping> ended(SiteAddress address, HelloReply reply) {
    PeerInfo peer = PeerInfo.of(reply);
    Skew.warning(partyId, aheadMillis).ifPresent(words -> clocks.warn(LOG, partyId, words));
    if (!peer.partyIds().contains(partyId)) {
      return Future.failedFuture(
          FedflowException.invalid(
              "party.not_served",
              "the server at "
                  + address
                  + " does not serve party id "
                  + partyId
                  + ", it serves "
                  + new TreeSet<>(peer.partyIds())
                  + "; correct the route"));
    }
    return Future.succeededFuture(new Ping(peer, address, certificate, aheadMillis, micros));
  }

  private FedflowException unreachable(String why) {
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        "party.unreachable",
        "party id " + partyId + " cannot be reached: " + why);
  }
}
