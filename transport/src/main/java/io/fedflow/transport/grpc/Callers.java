package io.fedflow.transport.grpc;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.LogOnce;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.party.Party;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcServerRequest;
import java.lang.System.Logger;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Tells who calls. Thread-safe. */
final class Callers {

  private static final Logger LOG = System.getLogger(Callers.class.getName());

  private final LinkSecurity security;
  private final LogOnce log = new LogOnce();

  Callers(LinkSecurity security) {
    this.security = security;
  }

  /**
   * Who makes a call.
   *
   * @throws FedflowException {@code party.not_certified} if it is not, or no longer, to be trusted
   */
  Caller of(GrpcServerRequest<?, ?> call) {
    try {
      return new Caller(
          security
              .peer(call.connection())
              .map(peer -> peer.relay() ? forwarded(peer, call.headers()) : peer));
    } catch (CertificateException refused) {
      throw FedflowException.peer("party.not_certified", refused.getMessage());
    }
  }

  /**
   * The ids of the parties that a call comes from, as far as it is proved; empty if nothing is.
   *
   * @param call on a connection that was let through
   */
  Set<String> partyIds(HttpServerRequest call) {
    try {
      return security
          .peer(call.connection())
          .map(peer -> peer.relay() ? forwarded(peer, call.headers()) : peer)
          .map(PeerIdentity::partyIds)
          .orElse(Set.of());
    } catch (CertificateException refused) {
      return Set.of();
    }
  }

  /** A relay speaks for itself and, call by call, for whom it says that the call comes from. */
  private static PeerIdentity forwarded(PeerIdentity relay, MultiMap headers) {
    String named = headers.get(Protocol.CALLER);
    Set<String> ids = new TreeSet<>();
    if (named == null) {
      ids.addAll(relay.partyIds());
    } else {
      Stream.of(named.split(",")).filter(Party::isId).forEach(ids::add);
    }
    return relay.actingFor(ids);
  }

  /**
   * Lets calls through as long as their connection proves enough. Otherwise the connection ends: a
   * caller that has a new certificate by now makes another one, where it shows that.
   */
  Handler<HttpServerRequest> guarding(Handler<HttpServerRequest> calls) {
    return call -> {
      if (trusted(call.connection())) {
        calls.handle(call);
      } else {
        call.connection().close();
      }
    };
  }

  private boolean trusted(HttpConnection connection) {
    try {
      security.peer(connection);
      return true;
    } catch (CertificateException refused) {
      log.warn(LOG, "a connection is ended: " + refused.getMessage());
      return false;
    }
  }

  /** Logs a connection that did not come about, once for each reason. */
  void refused(Throwable failure) {
    log.warn(LOG, "a connection to the port of parties failed: " + TlsTrouble.words(failure));
  }
}
