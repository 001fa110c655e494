package io.fedflow.transport.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.identity.authority.Authority;
import io.fedflow.identity.authority.KeyKind;
import io.fedflow.identity.authority.SiteKeys;
import io.fedflow.identity.authority.Wanted;
import io.fedflow.transport.route.SiteAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A consortium's authority and sites with certificates of it. */
final class TestIdentities {

  private static final Duration YEAR = Duration.ofDays(365);

  private final Path folder;
  private final Authority authority;
  private final Map<String, LinkSecurity> made = new ConcurrentHashMap<>();

  TestIdentities(Path folder) {
    this.folder = folder;
    this.authority =
        Authority.create(
            folder.resolve("authority"), "Tests", KeyKind.EC, Instant.now(), YEAR.multipliedBy(2));
  }

  /** Another consortium each time. */
  static TestIdentities in(Path folder) {
    try {
      return new TestIdentities(Files.createTempDirectory(folder, "consortium-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same for every call with the same ids. */
  LinkSecurity security(String... partyIds) {
    return security(new Wanted(Set.of(partyIds), false, List.of()));
  }

  /** The same for a relay. */
  LinkSecurity relay(String partyId) {
    return security(new Wanted(Set.of(partyId), true, List.of()));
  }

  private LinkSecurity security(Wanted wanted) {
    return made.computeIfAbsent(
        wanted.partyIds().toString(),
        ids ->
            LinkSecurity.tls(
                new LiveIdentity(
                    folder(wanted, Instant.now(), YEAR).load(), InstantSource.system())));
  }

  /** A site of another consortium, which trusts this one without being trusted. */
  LinkSecurity strangerWhoTrustsUs(String partyId) {
    IdentityFolder stranger = in(folder).folder(partyId, Instant.now(), YEAR);
    stranger.install(Authority.certificateFile(folder.resolve("authority")));
    return LinkSecurity.tls(new LiveIdentity(stranger.load(), InstantSource.system()));
  }

  /** A fresh identity of a site of one party. */
  LiveIdentity live(String partyId, Instant from, Duration lifetime) {
    return new LiveIdentity(folder(partyId, from, lifetime).load(), InstantSource.system());
  }

  /** A folder with a fresh identity. */
  IdentityFolder folder(String partyId, Instant from, Duration lifetime) {
    return folder(new Wanted(Set.of(partyId), false, List.of()), from, lifetime);
  }

  /** A folder with a fresh identity. */
  IdentityFolder folder(Wanted wanted, Instant from, Duration lifetime) {
    try {
      IdentityFolder site = new IdentityFolder(Files.createTempDirectory(folder, "site-"));
      renew(site, wanted, from, lifetime);
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another key and certificate in place of those of a folder. */
  void renew(IdentityFolder site, Wanted wanted, Instant from, Duration lifetime) {
    SiteKeys.issue(site, wanted, authority, from, lifetime);
  }

  /** Revokes all certificates of a party; gives the list that sites install. */
  Path revoke(String partyId) {
    authority.revoke(authority.issuedTo(partyId), Instant.now());
    return Authority.revocationFile(folder.resolve("authority"));
  }

  /** TLS of the JDK that shows one identity and trusts as another does. */
  static SSLContext context(LiveIdentity shown, LiveIdentity trusting) {
    return context(shown.keyManagers().getKeyManagers(), trusting);
  }

  /** TLS that trusts as an identity does and shows nothing. */
  static SSLContext withoutCertificate(LiveIdentity identity) {
    return context(new KeyManager[0], identity);
  }

  private static SSLContext context(KeyManager[] keys, LiveIdentity identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, identity.trustManagers().getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Connects and waits for a word of the server. */
  static void talk(SSLContext context, SiteAddress address) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(address.host(), address.port())) {
      socket.setSoTimeout(60_000);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      socket.getInputStream().read();
    }
  }

  /** Connects and reads until the server ends the connection, however it does. */
  static void talkUntilTheEnd(SSLContext context, SiteAddress address) {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(address.host(), address.port())) {
      socket.setSoTimeout(60_000);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      // The client's preface of HTTP/2 and empty settings, without which the server hangs up.
      socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
      socket.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
      socket.getOutputStream().flush();
      while (socket.getInputStream().read() >= 0) {
        // Settings of the server, and at last its farewell.
      }
    } catch (java.net.SocketTimeoutException stillOpen) {
      throw new java.io.UncheckedIOException("the connection stays open", stillOpen);
    } catch (IOException ended) {
      return;
    }
  }

  /** The same as talk; however it ends. */
  static void talkQuietly(SSLContext context, SiteAddress address) {
    try {
      talk(context, address);
    } catch (IOException refused) {
      return;
    }
  }
}
