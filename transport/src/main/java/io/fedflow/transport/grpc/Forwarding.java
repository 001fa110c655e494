package io.fedflow.transport.grpc;

import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One call on its way through a relay. The addresses are tried one after the other until one
 * connects; what breaks later breaks the call, and its sender tries again. Confined to the context
 * of the call.
 */
final class Forwarding {

  private static final long CANCEL = 0x8;

  private final HttpServerRequest call;
  private final String relay;
  private final String to;
  private final Set<String> callers;
  private final long began = System.nanoTime();
  private HttpClientRequest onward;
  private boolean over;

  /**
   * A call that is to be forwarded.
   *
   * @param relay the name of this relay
   * @param to the id of the party it is for
   * @param callers the ids of the parties that it comes from, as far as that is proved
   */
  Forwarding(HttpServerRequest call, String relay, String to, Set<String> callers) {
    this.callers = callers;
    this.call = call;
    this.relay = relay;
    this.to = to;
  }

  /**
   * Starts.
   *
   * @param route where to
   * @param via the relays so far, this one included
   */
  void start(Onward connections, Route route, String via) {
    // Nothing is read before there is somebody to pass it to.
    call.pause();
    call.exceptionHandler(gone -> callerGone());
    call.response().exceptionHandler(gone -> callerGone());
    connect(connections, route, route.addresses(), via);
  }

  private void connect(Onward connections, Route route, List<SiteAddress> addresses, String via) {
    SiteAddress next = connections.best(addresses);
    connections
        .request(call, next, to, route.identity())
        .onComplete(
            connected -> pass(connected, next, via),
            failure -> {
              List<SiteAddress> others =
                  addresses.stream().filter(other -> !other.equals(next)).toList();
              if (others.isEmpty() || over) {
                undelivered(next, failure);
              } else {
                connect(connections, route, others, via);
              }
            });
  }

  private void pass(HttpClientRequest connected, SiteAddress next, String via) {
    onward = connected;
    if (over) {
      onward.reset(CANCEL);
      return;
    }
    // Whoever asks for a connection does not know yet that it is HTTP/2, which needs no length.
    onward.setChunked(true);
    onward.headers().addAll(call.headers());
    onward.headers().set(Protocol.VIA, via);
    // In place of whatever the caller wrote there.
    onward.headers().set(Protocol.CALLER, String.join(",", callers));
    onward.response().onComplete(this::passBack, failure -> broken(next, failure));
    onward.exceptionHandler(failure -> broken(next, failure));
    // Who waits for an answer before it goes on must not wait for its own first bytes here.
    onward.sendHead();
    call.pipe().endOnFailure(false).to(onward).onFailure(gone -> callerGone());
  }

  private void passBack(HttpClientResponse back) {
    HttpServerResponse response = call.response();
    if (over || response.closed()) {
      onward.reset(CANCEL);
      return;
    }
    response.setStatusCode(back.statusCode());
    response.headers().addAll(back.headers());
    response
        .headers()
        .set(Protocol.TRAIL, Trail.entry(relay, micros(), back.getHeader(Protocol.TRAIL)));
    response.writeHead();
    back.pipe()
        .endOnComplete(false)
        .to(response)
        .onComplete(
            whole -> {
              over = true;
              copy(back.trailers(), response.trailers());
              response.end();
            },
            this::cut);
  }

  private static void copy(MultiMap from, MultiMap to) {
    from.forEach((name, value) -> to.add(name, value));
  }

  /** The caller hung up: the next hop has nothing to do any more. */
  private void callerGone() {
    if (!over) {
      over = true;
      if (onward != null) {
        onward.reset(CANCEL);
      }
    }
  }

  private void undelivered(SiteAddress next, Throwable failure) {
    if (!over) {
      over = true;
      dropRest();
      RelayAnswer.undelivered(
          call,
          relay,
          micros(),
          GrpcStatus.UNAVAILABLE,
          "party id " + to + " at " + next + " cannot be reached: " + words(failure));
    }
  }

  /** Broke before the head of an answer: what was sent may have arrived. */
  private void broken(SiteAddress next, Throwable failure) {
    if (over) {
      return;
    }
    over = true;
    onward.reset(CANCEL);
    dropRest();
    RelayAnswer.lost(
        call,
        relay,
        micros(),
        "the connection to party id " + to + " at " + next + " broke: " + words(failure));
  }

  /** Broke in the middle of an answer: the caller must not take it for whole. */
  private void cut(Throwable failure) {
    if (!over) {
      over = true;
      long code = failure instanceof StreamResetException reset ? reset.getCode() : CANCEL;
      onward.reset(CANCEL);
      call.response().reset(code);
    }
  }

  /** Lets what the caller still sends go nowhere; it hears from the answer that it may stop. */
  private void dropRest() {
    if (!call.isEnded()) {
      call.handler(data -> {});
      call.resume();
    }
  }

  private long micros() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
  }

  private static String words(Throwable failure) {
    return TlsTrouble.words(failure);
  }
}
