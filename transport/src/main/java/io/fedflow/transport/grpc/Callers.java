package io.fedflow.transport.grpc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.identity.LogOnce;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.party.Party;
import io.fedflow.spi.PartyGate;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.server.GrpcServerRequest;
import java.lang.System.Logger;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Tells who calls. Thread-safe. */
final class Callers {

  private static final Logger LOG = System.getLogger(Callers.class.getName());

  /** What tells of a caller that does wrong, or of one that is set up wrongly. */
  private static final Set<String> WRONG =
      Set.of(
          "party.not_certified",
          PartyGate.NOT_ENTITLED,
          "party.not_served",
          "protocol.malformed",
          "protocol.version",
          "protocol.unknown_command",
          "policy.refused",
          "federation.too_large",
          SiteSignatures.MISSING,
          SiteSignatures.WRONG,
          SiteSignatures.UNKNOWN,
          SiteSignatures.STALE,
          SiteSignatures.REPLAYED);

  private static final int MOST_WORDS = 500;

  /** Closed at once, a connection may take the answer with it. */
  private static final long PARTING_MILLIS = 500;

  private final LinkSecurity security;
  private final LogOnce log = new LogOnce();
  private final TrustedConnections connections;

  Callers(LinkSecurity security) {
    this.security = security;
    this.connections = new TrustedConnections(security);
  }

  /** Follows a new connection: it ends when its peer is not to be trusted any more. */
  void connected(HttpConnection connection) {
    SteadyWrites.on(connection);
    if (connections.note(connection)) {
      connection.closeHandler(v -> connections.ended(connection));
    }
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
              .map(peer -> speaksForOthers(peer) ? forwarded(peer, call.headers()) : peer),
          Optional.empty());
    } catch (CertificateException refused) {
      throw FedflowException.peer("party.not_certified", refused.getMessage());
    }
  }

  /**
   * Who makes a call of one message.
   *
   * @param message as it arrived
   * @throws FedflowException as {@link #of(GrpcServerRequest)}
   */
  Caller of(GrpcServerRequest<?, ?> call, byte[] message) {
    return new Caller(
        of(call).identity(),
        Optional.of(
            new Caller.Said(call.headers(), Protocol.method(call.fullMethodName()), message)));
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
          .map(peer -> speaksForOthers(peer) ? forwarded(peer, call.headers()) : peer)
          .map(PeerIdentity::partyIds)
          .orElse(Set.of());
    } catch (CertificateException refused) {
      return Set.of();
    }
  }

  /** A relay does, and another server of this site, which passes calls on to the one that can. */
  private boolean speaksForOthers(PeerIdentity peer) {
    return peer.relay()
        || security
            .identity()
            .map(own -> own.site().self().partyIds())
            .filter(peer.partyIds()::equals)
            .isPresent();
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
      Optional<String> distrust = distrust(call.connection());
      if (distrust.isEmpty()) {
        calls.handle(call);
      } else {
        // It learns why: TLS tells it nothing when it resumes an earlier session.
        call.response()
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/grpc")
            .putHeader("grpc-status", String.valueOf(GrpcStatus.UNAVAILABLE.code))
            .putHeader("grpc-message", RelayAnswer.percented(distrust.get()))
            .end()
            .onComplete(told -> call.connection().shutdown(PARTING_MILLIS, MILLISECONDS));
      }
    };
  }

  private Optional<String> distrust(HttpConnection connection) {
    try {
      security.peer(connection);
      return Optional.empty();
    } catch (CertificateException refused) {
      log.warn(LOG, "a connection is ended: " + refused.getMessage());
      return Optional.of(refused.getMessage());
    }
  }

  /**
   * Logs that a call was refused, once for each caller and kind of refusal: a caller that sends
   * thousands of damaged calls gets one line. Other failures are not the caller's.
   */
  void noteRefusal(GrpcServerRequest<?, ?> call, Throwable failure) {
    if (failure != null
        && Stages.unwrap(failure) instanceof FedflowException refused
        && isWrong(refused)) {
      note(call, refused.code(), refused.getMessage());
    }
  }

  /** Whether a failure is about who the caller is, and not about what arrived. */
  static boolean isAboutCaller(FedflowException refused) {
    return refused.code().equals("party.not_certified")
        || refused.code().equals(PartyGate.NOT_ENTITLED)
        || refused.code().startsWith("site.");
  }

  /** Whether a failure tells of a caller that does wrong. */
  static boolean isWrong(FedflowException refused) {
    return WRONG.contains(refused.code());
  }

  /** Says that a call was not understood, and logs it as any refusal. */
  void malformed(GrpcServerRequest<?, ?> call, String why) {
    note(call, "protocol.malformed", why);
    Replies.malformed(call, why);
  }

  /**
   * Answers and logs a message that is too large or damaged in its frame.
   *
   * @param limits what is allowed
   * @param answered called before
   */
  void refuseInvalid(GrpcServerRequest<?, ?> call, WireLimits limits, Runnable answered) {
    call.invalidMessageHandler(
        invalid -> {
          answered.run();
          if (invalid instanceof MessageSizeOverflowException large) {
            String why =
                "found a message of "
                    + large.messageSize()
                    + " bytes, allowed "
                    + limits.messageBytes();
            note(call, "protocol.too_large", why);
            Replies.status(call, GrpcStatus.RESOURCE_EXHAUSTED, why);
          } else {
            malformed(call, "the frame of the message cannot be read");
          }
        });
  }

  /** Tells whether a call is in the one form that is spoken here; answers it if it is not. */
  boolean plain(GrpcServerRequest<?, ?> call) {
    boolean plain = Replies.plain(call);
    if (!plain) {
      note(call, "protocol.malformed", "neither compressed calls nor other forms are spoken here");
    }
    return plain;
  }

  private void note(GrpcServerRequest<?, ?> call, String code, String why) {
    String who = name(call);
    log.warn(
        LOG,
        who + '\n' + code,
        "a call of " + who + " was refused: " + cut(why) + " [" + code + ']');
  }

  /** A peer may put anything into a call: a line of the log stays one, and short. */
  private static String cut(String why) {
    String line = String.valueOf(why).replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MOST_WORDS ? line : line.substring(0, MOST_WORDS) + "…";
  }

  /** What the certificate behind a call says; empty if it proves nothing, or not any more. */
  String identity(GrpcServerRequest<?, ?> call) {
    try {
      return of(call).identity().map(PeerIdentity::text).orElse("");
    } catch (FedflowException unproved) {
      return "";
    }
  }

  private String name(GrpcServerRequest<?, ?> call) {
    String identity = identity(call);
    if (!identity.isEmpty()) {
      return identity;
    }
    SocketAddress address = call.connection().remoteAddress();
    return address == null ? "somebody" : address.hostAddress();
  }

  /** Logs a connection that did not come about, once for each reason. */
  void refused(Throwable failure) {
    log.warn(LOG, "a connection to the port of parties failed: " + TlsTrouble.words(failure));
  }
}
