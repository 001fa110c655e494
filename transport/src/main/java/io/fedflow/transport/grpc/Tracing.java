package io.fedflow.transport.grpc;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Future;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Greets the site of a party and reads from the answer which relays it went through. The first
 * greeting makes the connections, the second is measured. Confined to one context.
 */
final class Tracing {

  private final Peers peers;
  private final String partyId;
  private final Way way;

  Tracing(Peers peers, String partyId) {
    this.peers = peers;
    this.partyId = partyId;
    this.way = peers.way(partyId);
  }

  /** Starts, and tells how it ends; fails only if there is no route. */
  Future<Trace> start() {
    Optional<SiteAddress> next = way.next();
    if (next.isEmpty()) {
      return Future.failedFuture(
          new FedflowException(
              FailureKind.UNAVAILABLE,
              "party.unreachable",
              "party id "
                  + partyId
                  + " cannot be reached: no route leads to it; add its address or a default"
                  + " route"));
    }
    SiteAddress address = next.get();
    return greet(address)
        .compose(first -> first.peer().isPresent() ? greet(address) : Future.succeededFuture(first))
        .compose(
            trace ->
                trace.legs().isEmpty() && way.more() ? start() : Future.succeededFuture(trace));
  }

  private Future<Trace> greet(SiteAddress address) {
    long before = System.nanoTime();
    return peers
        .greeting(address, partyId)
        .compose(
            request -> {
              request.end(Protocol.GREETING);
              return request.response();
            })
        .compose(
            response ->
                response
                    .last()
                    .map(reply -> reached(address, response, reply, since(before)))
                    .otherwise(failure -> lost(address, response, failure, since(before))))
        .timeout(peers.callMillis(), TimeUnit.MILLISECONDS)
        .otherwise(failure -> new Trace(address, List.of(), Optional.empty(), words(failure)));
  }

  private Trace reached(
      SiteAddress address, GrpcClientResponse<?, ?> response, HelloReply reply, long micros) {
    List<Trace.Leg> legs = legs(response, micros);
    PeerInfo peer = PeerInfo.of(reply);
    boolean right = peer.partyIds().contains(partyId);
    legs.add(new Trace.Leg(partyId, rest(response, micros), right));
    return right
        ? new Trace(address, legs, Optional.of(peer), "")
        : new Trace(
            address,
            legs,
            Optional.empty(),
            "the server there serves the party ids "
                + new TreeSet<>(peer.partyIds())
                + ", not "
                + partyId);
  }

  private Trace lost(
      SiteAddress address, GrpcClientResponse<?, ?> response, Throwable failure, long micros) {
    List<Trace.Leg> legs = legs(response, micros);
    legs.add(new Trace.Leg(partyId, rest(response, micros), false));
    GrpcStatus status = response.status();
    String message = response.statusMessage();
    return new Trace(
        address,
        legs,
        Optional.empty(),
        status == null || status == GrpcStatus.OK
            ? words(failure)
            : message == null ? status.name() : message);
  }

  /** The parts up to the last relay. */
  private static List<Trace.Leg> legs(GrpcClientResponse<?, ?> response, long micros) {
    List<Trace.Leg> legs = new ArrayList<>();
    long left = micros;
    for (Trail.Stop stop : Trail.read(response.headers().get(Protocol.TRAIL))) {
      legs.add(new Trace.Leg(stop.name(), Math.max(0, left - stop.micros()), true));
      left = stop.micros();
    }
    return legs;
  }

  /** How long the part beyond the last relay took. */
  private static long rest(GrpcClientResponse<?, ?> response, long micros) {
    List<Trail.Stop> stops = Trail.read(response.headers().get(Protocol.TRAIL));
    return stops.isEmpty() ? micros : stops.get(stops.size() - 1).micros();
  }

  private static long since(long before) {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - before);
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
