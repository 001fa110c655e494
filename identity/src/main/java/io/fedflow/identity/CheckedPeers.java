package io.fedflow.identity;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was checked lately, so that a call does not verify signatures again. Thread-safe. */
final class CheckedPeers {

  private static final int MOST = 1024;

  private record Known(int identity, PeerIdentity peer) {}

  private final Map<X509Certificate, Known> known = new LinkedHashMap<>();

  /** Who was found behind a certificate by this identity; null if nobody was. */
  synchronized PeerIdentity known(X509Certificate certificate, int identity) {
    Known found = known.get(certificate);
    return found == null || found.identity != identity ? null : found.peer;
  }

  synchronized void remember(X509Certificate certificate, int identity, PeerIdentity peer) {
    if (known.size() >= MOST) {
      known.remove(known.keySet().iterator().next());
    }
    known.put(certificate, new Known(identity, peer));
  }

  synchronized void forget() {
    known.clear();
  }
}
