package io.fedflow.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The identity that a running site uses, which can be replaced at any moment: connections that are
 * made later use the new one, and what a connection proved before is measured by the new one at its
 * next call. Thread-safe.
 */
public final class LiveIdentity {

  private final InstantSource clock;
  private final CheckedPeers checked;
  private final List<Runnable> replaced = new CopyOnWriteArrayList<>();
  private volatile Used current;
  // A handshake that began before a replacement still asks for the key that it chose.
  private volatile Used previous;

  /** Uses an identity from now on. */
  public LiveIdentity(SiteIdentity identity, InstantSource clock) {
    this.clock = clock;
    this.current = new Used(0, identity, new Trust(identity.trusted(), identity.revoked()));
    this.checked = new CheckedPeers();
  }

  /** Uses another identity from now on. */
  public synchronized void replace(SiteIdentity identity) {
    previous = current;
    current =
        new Used(current.number + 1, identity, new Trust(identity.trusted(), identity.revoked()));
    checked.forget();
    replaced.forEach(Runnable::run);
  }

  /**
   * Calls somebody whenever another identity is in use, on the thread that replaced it.
   *
   * @param told never blocks or throws
   */
  public void onReplaced(Runnable told) {
    replaced.add(told);
  }

  /** The identity in use. */
  public SiteIdentity site() {
    return current.identity;
  }

  /** How often the identity was replaced. */
  public int replaced() {
    return current.number;
  }

  /** Why the own certificate does not hold now; empty if it does. */
  public Optional<String> ownTrouble() {
    PeerIdentity self = site().self();
    return Trust.wrongTime(self, clock.instant())
        .or(() -> Trust.takenBack(site().revoked(), site().chain().toArray(X509Certificate[]::new)))
        .map(wrong -> "this site's own certificate " + self.text() + ' ' + wrong);
  }

  /**
   * Tells who is at the other end of a connection that was made, perhaps long ago.
   *
   * @param chain what TLS says the peer proved
   * @throws CertificateException if it is not, or no longer, to be trusted; with the reason
   */
  public PeerIdentity identify(Certificate[] chain) throws CertificateException {
    X509Certificate[] certificates = Arrays.copyOf(chain, chain.length, X509Certificate[].class);
    Used used = current;
    PeerIdentity peer = checked.known(certificates[0], used.number);
    if (peer == null) {
      // Which side the peer was on does not matter: our certificates are for both.
      peer = used.trust.check(certificates, "UNKNOWN", Trust.Side.SERVER, clock.instant());
      checked.remember(certificates[0], used.number, peer);
    }
    Trust.requireTime(peer, clock.instant());
    return peer;
  }

  /** Proves who this site is. */
  public KeyManagerFactory keyManagers() {
    return Factories.of(new Keys());
  }

  /** Decides whom this site believes. */
  public TrustManagerFactory trustManagers() {
    return Factories.of(new Peers());
  }

  private Used of(String alias) {
    Used now = current;
    Used before = previous;
    if (alias.equals(now.alias())) {
      return now;
    }
    return before != null && alias.equals(before.alias()) ? before : null;
  }

  private record Used(int number, SiteIdentity identity, Trust trust) {
    String alias() {
      return "site-" + number;
    }
  }

  private final class Keys extends X509ExtendedKeyManager {

    private String choose(String... kinds) {
      Used used = current;
      String kind = used.identity.key().getAlgorithm();
      return Arrays.asList(kinds).contains(kind) ? used.alias() : null;
    }

    @Override
    public String chooseEngineClientAlias(String[] kinds, Principal[] issuers, SSLEngine engine) {
      return choose(kinds);
    }

    @Override
    public String chooseEngineServerAlias(String kind, Principal[] issuers, SSLEngine engine) {
      return choose(kind);
    }

    @Override
    public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
      return choose(kinds);
    }

    @Override
    public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
      return choose(kind);
    }

    @Override
    public String[] getClientAliases(String kind, Principal[] issuers) {
      String alias = choose(kind);
      return alias == null ? null : new String[] {alias};
    }

    @Override
    public String[] getServerAliases(String kind, Principal[] issuers) {
      return getClientAliases(kind, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      Used used = of(alias);
      return used == null ? null : used.identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      Used used = of(alias);
      return used == null ? null : used.identity.key();
    }
  }

  private final class Peers extends X509ExtendedTrustManager {

    private void check(X509Certificate[] chain, String kind, Trust.Side side)
        throws CertificateException {
      current.trust.check(chain, kind, side, clock.instant());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      check(chain, kind, Trust.Side.CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      check(chain, kind, Trust.Side.SERVER);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      check(chain, kind, Trust.Side.CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      check(chain, kind, Trust.Side.SERVER);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      check(chain, kind, Trust.Side.CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      check(chain, kind, Trust.Side.SERVER);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      // Whom a site trusts is nobody's business.
      return new X509Certificate[0];
    }
  }
}
