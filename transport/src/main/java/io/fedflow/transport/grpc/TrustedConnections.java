package io.fedflow.transport.grpc;

import io.vertx.core.http.HttpConnection;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open connections of one end, of which those are ended whose peer is not to be trusted any
 * more, though calls are under way on them. Thread-safe.
 */
final class TrustedConnections {

  private final LinkSecurity security;
  private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();

  /** None so far; looks at them whenever this site measures by another identity. */
  TrustedConnections(LinkSecurity security) {
    this.security = security;
    security.identity().ifPresent(live -> live.onReplaced(this::endUntrusted));
  }

  /**
   * Notes a connection until it ends.
   *
   * @return whether it is a new one
   */
  boolean note(HttpConnection connection) {
    return security.identity().isPresent() && open.add(connection);
  }

  /** A connection ended. */
  void ended(HttpConnection connection) {
    open.remove(connection);
  }

  private void endUntrusted() {
    for (HttpConnection connection : open) {
      try {
        security.peer(connection);
      } catch (CertificateException refused) {
        // Whoever calls on it hears that it broke; why is logged by whoever is asked next.
        connection.close();
      }
    }
  }
}
