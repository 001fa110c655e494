package io.fedflow.transport.grpc;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.LogOnce;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.server.GrpcServerRequest;
import java.lang.System.Logger;
import java.security.cert.CertificateException;

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
      return new Caller(security.peer(call.connection()));
    } catch (CertificateException refused) {
      throw FedflowException.peer("party.not_certified", refused.getMessage());
    }
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
