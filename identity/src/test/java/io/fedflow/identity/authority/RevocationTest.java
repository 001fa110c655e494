package io.fedflow.identity.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that their authority takes back before their time. */
class RevocationTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path folder;
  private Authority authority;
  private IdentityFolder guest;
  private IdentityFolder host;

  @BeforeEach
  void make() {
    authority = authority("ca");
    guest = site("guest", "9999", authority);
    host = site("host", "10000", authority);
  }

  private Authority authority(String name) {
    return Authority.create(folder.resolve(name), "Test", KeyKind.EC, NOW, YEAR.multipliedBy(3));
  }

  private IdentityFolder site(String name, String party, Authority by) {
    IdentityFolder site = new IdentityFolder(folder.resolve(name));
    SiteKeys.issue(site, new Wanted(Set.of(party), false, List.of()), by, NOW, YEAR);
    return site;
  }

  private static LiveIdentity live(IdentityFolder site) {
    return new LiveIdentity(site.load(), InstantSource.fixed(NOW.plusSeconds(3600)));
  }

  private static Certificate[] shown(IdentityFolder site) {
    return new Certificate[] {certificate(site)};
  }

  private static X509Certificate certificate(IdentityFolder site) {
    return site.load().chain().get(0);
  }

  private Path list() {
    return Authority.revocationFile(folder.resolve("ca"));
  }

  @Test
  void revokedCertificate_isRefusedByName_whereTheListIsInstalled() throws Exception {
    LiveIdentity host = live(this.host);
    assertThat(host.identify(shown(guest)).partyIds()).containsExactly("9999");
    authority.revoke(List.of(certificate(guest)), NOW.plusSeconds(60));
    assertThat(this.host.install(list())).isEmpty();
    assertThat(this.host.revoked()).isEqualTo(1);

    int[] told = new int[1];
    host.onReplaced(() -> told[0]++);
    host.replace(this.host.load());

    assertThat(told[0]).isEqualTo(1);
    assertThatThrownBy(() -> host.identify(shown(guest)))
        .hasMessageContainingAll(
            "'CN=party 9999'", "was revoked at 2026-05-01T12:01:00Z", "party init --renew");
    assertThat(host.identify(shown(this.host)).partyIds()).containsExactly("10000");
    // Another certificate of the same party, which asked for one.
    SiteKeys.issue(guest, new Wanted(Set.of("9999"), false, List.of()), authority, NOW, YEAR);
    assertThat(host.identify(shown(guest)).partyIds()).containsExactly("9999");
  }

  @Test
  void siteWhoseOwnCertificateIsRevoked_knowsIt() {
    authority.revoke(authority.issuedTo("9999"), NOW);
    guest.install(list());

    assertThat(live(guest).ownTrouble())
        .hasValueSatisfying(
            trouble -> assertThat(trouble).contains("own certificate", "was revoked at"));
    assertThat(live(host).ownTrouble()).isEmpty();
  }

  @Test
  void laterListsHoldAllThatWasRevoked_withTheFirstTime() {
    authority.revoke(List.of(certificate(guest)), NOW);
    authority.revoke(List.of(certificate(guest), certificate(host)), NOW.plusSeconds(600));
    IdentityFolder third = site("third", "10001", Authority.open(folder.resolve("ca")));
    third.install(list());

    assertThat(third.load().revoked().of(certificate(guest))).contains(NOW);
    assertThat(third.load().revoked().of(certificate(host))).contains(NOW.plusSeconds(600));
  }

  @Test
  void earlierList_isNotTakenBack() throws IOException {
    authority.revoke(List.of(certificate(guest)), NOW);
    Path earlier = Files.copy(list(), folder.resolve("earlier.pem"));
    authority.revoke(List.of(certificate(host)), NOW.plusSeconds(600));
    IdentityFolder third = site("third", "10001", authority);
    third.install(list());

    assertThatThrownBy(() -> third.install(earlier))
        .hasMessageContainingAll("earlier.pem", "a later one of 2026-05-01T12:10:00Z is in use");
    assertThat(third.revoked()).isEqualTo(2);
  }

  /** The other authority has the same name and revokes what it did not sign. */
  @Test
  void listOfSomebodyElse_isRefused() throws IOException {
    Authority other = authority("other");
    IdentityFolder stranger = site("stranger", "9999", other);
    other.revoke(List.of(certificate(stranger)), NOW);
    Path forged = Authority.revocationFile(folder.resolve("other"));

    assertThatThrownBy(() -> host.install(forged))
        .hasMessageContainingAll("is not signed by 'CN=Test'", "party revoke");
    Path revoked = Files.createDirectories(host.folder().resolve("revoked"));
    Files.copy(forged, revoked.resolve("forged.pem"));
    assertThatThrownBy(host::load).hasMessageContainingAll("forged.pem", "is not signed by");
    assertThatThrownBy(() -> other.revoke(List.of(certificate(guest)), NOW))
        .hasMessageContainingAll("'CN=party 9999'", "allowed those that this authority signed");
  }

  @Test
  void listOfAnAuthorityThatNobodyTrusts_isRefused() {
    Authority other =
        Authority.create(
            folder.resolve("other"), "Elsewhere", KeyKind.RSA, NOW, YEAR.multipliedBy(3));
    other.revoke(List.of(certificate(site("stranger", "5", other))), NOW);

    assertThatThrownBy(() -> host.install(Authority.revocationFile(folder.resolve("other"))))
        .hasMessageContainingAll("'CN=Elsewhere'", "is trusted here");
  }

  @Test
  void damagedList_isRefused() throws IOException {
    Path noise =
        Files.writeString(
            folder.resolve("noise.pem"),
            "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n");

    assertThatThrownBy(() -> host.install(noise))
        .hasMessageContainingAll("noise.pem", "list of revoked certificates cannot be read");
  }
}
