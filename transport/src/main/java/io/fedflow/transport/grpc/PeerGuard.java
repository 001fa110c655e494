package io.fedflow.transport.grpc;

import io.vertx.core.http.HttpConnection;
import java.security.cert.CertificateException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Makes sure that calls reach whom they are for, and guesses why connections break: TLS 1.3 refuses
 * the certificate of a client only after the connection looks made, and then nothing but its end is
 * seen. Thread-safe.
 */
final class PeerGuard {

  private final LinkSecurity security;
  private final Set<HttpConnection> answered =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  PeerGuard(LinkSecurity security) {
    this.security = security;
  }

  /** Why this site cannot prove who it is, so that no peer will talk to it; empty if it can. */
  Optional<CertificateException> ownTrouble() {
    return security.ownTrouble().map(CertificateException::new);
  }

  /**
   * Asked before anything is sent.
   *
   * @param partyId whom the call is for
   * @throws CertificateException naming who is there instead
   */
  void check(HttpConnection connection, String partyId) throws CertificateException {
    security.requireParty(connection, partyId);
  }

  /** Notes that a peer talks on this connection. */
  void answered(HttpConnection connection) {
    answered.add(connection);
  }

  /** What to think of when a connection ended before anything was said. */
  String suspicion() {
    return security.suspicion();
  }

  /** What to think of when a connection broke; empty for nothing. */
  String suspicion(HttpConnection connection) {
    return answered.contains(connection) ? "" : suspicion();
  }
}
