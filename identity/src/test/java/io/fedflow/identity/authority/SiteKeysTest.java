package io.fedflow.identity.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.IdentityFolder.Installed;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.identity.SecretFiles;
import io.fedflow.identity.SiteIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a key on a site to a certificate that others trust. */
class SiteKeysTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir Path folder;
  private Authority authority;
  private IdentityFolder site;

  @BeforeEach
  void make() {
    authority =
        Authority.create(folder.resolve("ca"), "Test", KeyKind.EC, NOW, YEAR.multipliedBy(3));
    site = new IdentityFolder(folder.resolve("site"));
  }

  @ParameterizedTest
  @EnumSource
  void requestSignedAndInstalled_isAnIdentityThatNamesItsParties(KeyKind kind) throws Exception {
    String told =
        SiteKeys.request(
            site,
            new Wanted(Set.of("9999", "10000"), true, List.of("fed.example", "10.0.0.7")),
            kind,
            false);
    CertificateRequest asked = CertificateRequest.read(site.request());
    assertThat(asked.keyFingerprint()).isEqualTo(told);

    List<Installed> installed = site.install(signed(asked, NOW, NOW.plus(YEAR)));

    assertThat(installed)
        .extracting(Installed::as)
        .containsExactly(Installed.As.OWN, Installed.As.AUTHORITY);
    SiteIdentity identity = site.load();
    assertThat(identity.self().partyIds()).containsExactly("10000", "9999");
    assertThat(identity.self().relay()).isTrue();
    assertThat(identity.key().getAlgorithm()).isEqualTo(kind.name());
    assertThat(identity.chain().get(0).getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .contains("fed.example", "10.0.0.7");
    assertThat(identity.toString()).doesNotContain("PRIVATE");
    assertThat(site.hasPending()).isFalse();
    assertThat(live(identity).identify(new Certificate[] {identity.chain().get(0)}))
        .isEqualTo(identity.self());
  }

  @Test
  void secretsAreForTheirOwnerOnly_andAreRefusedOtherwise() throws Exception {
    issue(Set.of("9999"));

    assertThat(mode(site.site())).isEqualTo("rw-------");
    assertThat(mode(folder.resolve("ca/authority-key.pem"))).isEqualTo("rw-------");
    Files.setPosixFilePermissions(site.site(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> site.load())
        .isInstanceOf(FedflowException.class)
        .hasMessageContainingAll(site.site().toString(), "rw-r-----", "chmod 600");
  }

  @Test
  void nothingIsWrittenOver() throws Exception {
    SiteKeys.request(site, party("9999"), KeyKind.EC, false);
    byte[] key = Files.readAllBytes(site.pendingKey());

    assertThatThrownBy(() -> SiteKeys.request(site, party("9999"), KeyKind.EC, true))
        .hasMessageContaining("waits for its certificate");
    assertThat(Files.readAllBytes(site.pendingKey())).isEqualTo(key);
    site.install(signed(CertificateRequest.read(site.request()), NOW, NOW.plus(YEAR)));
    assertThatThrownBy(() -> SiteKeys.request(site, party("9999"), KeyKind.EC, false))
        .hasMessageContaining("--renew");
    assertThatThrownBy(() -> Authority.create(folder.resolve("ca"), "Other", KeyKind.EC, NOW, YEAR))
        .hasMessageContaining("found an authority");
  }

  @Test
  void aRenewal_leavesTheKeyInUseUntilItsCertificateIsThere() throws Exception {
    issue(Set.of("9999"));
    PeerIdentity before = site.self();

    SiteKeys.request(site, party("9999"), KeyKind.EC, true);
    assertThat(site.load().self()).isEqualTo(before);
    CertificateRequest asked = CertificateRequest.read(site.request());
    assertThatThrownBy(() -> authority.sign(asked, NOW, NOW.plus(YEAR), false))
        .hasMessageContainingAll("[9999]", "--again");
    site.install(bundle(authority.sign(asked, NOW, NOW.plus(YEAR), true)));

    assertThat(site.load().self().fingerprint()).isNotEqualTo(before.fingerprint());
    assertThat(site.load().chain().get(0).getPublicKey()).isEqualTo(asked.key());
  }

  @Test
  void anotherKeyForASignedParty_isRefused() throws Exception {
    issue(Set.of("9999", "10000"));
    IdentityFolder rogue = new IdentityFolder(folder.resolve("rogue"));
    SiteKeys.request(rogue, party("10000"), KeyKind.EC, false);

    assertThatThrownBy(
            () ->
                authority.sign(
                    CertificateRequest.read(rogue.request()), NOW, NOW.plus(YEAR), false))
        .isInstanceOf(FedflowException.class)
        .hasMessageContainingAll("[10000]", "another key was signed");
  }

  @Test
  void aCertificateOfAnotherKey_isATrustedPeer_notAnIdentity() throws Exception {
    issue(Set.of("9999"));
    IdentityFolder other = new IdentityFolder(folder.resolve("other"));
    SiteKeys.request(other, party("10000"), KeyKind.EC, false);

    assertThat(other.install(certificateOnly(site)))
        .extracting(Installed::as)
        .containsExactly(Installed.As.PEER);
    assertThat(other.hasSite()).isFalse();
    assertThatThrownBy(other::load).hasMessageContaining("party init");
  }

  @Test
  void aPinnedPeer_isTrustedByItself_whileItHolds() throws Exception {
    issue(Set.of("9999"));
    IdentityFolder other = new IdentityFolder(folder.resolve("other"));
    Authority elsewhere =
        Authority.create(folder.resolve("ca2"), "Other", KeyKind.EC, NOW, YEAR.multipliedBy(3));
    SiteKeys.issue(other, party("10000"), elsewhere, NOW, YEAR);
    Certificate[] shown = {site.load().chain().get(0)};
    assertThatThrownBy(() -> live(other.load()).identify(shown))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("its authority is unknown");

    other.install(certificateOnly(site));

    assertThat(live(other.load()).identify(shown).partyIds()).containsExactly("9999");
    LiveIdentity later =
        new LiveIdentity(other.load(), InstantSource.fixed(NOW.plus(YEAR).plusSeconds(1)));
    assertThatThrownBy(() -> later.identify(shown)).hasMessageContaining("expired at");
  }

  @Test
  void whatWasProved_isMeasuredAnew_afterAReplacement() throws Exception {
    issue(Set.of("9999"));
    LiveIdentity live = live(site.load());
    Certificate[] shown = {site.load().chain().get(0)};
    live.identify(shown);

    Authority elsewhere =
        Authority.create(folder.resolve("ca2"), "Other", KeyKind.EC, NOW, YEAR.multipliedBy(3));
    IdentityFolder other = new IdentityFolder(folder.resolve("other"));
    SiteKeys.issue(other, party("10000"), elsewhere, NOW, YEAR);
    live.replace(other.load());

    assertThatThrownBy(() -> live.identify(shown)).hasMessageContaining("its authority is unknown");
  }

  @Test
  void damagedRequest_isRefused() throws Exception {
    SiteKeys.request(site, party("9999"), KeyKind.EC, false);
    String text = Files.readString(site.request());
    // The signature stands last.
    int at = text.lastIndexOf("\n-----END") - 10;
    char other = text.charAt(at) == 'A' ? 'B' : 'A';
    SecretFiles.writePublic(site.request(), text.substring(0, at) + other + text.substring(at + 1));

    assertThatThrownBy(() -> CertificateRequest.read(site.request()))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining(site.request().toString());
  }

  @Test
  void requestBeyondTheAuthoritysOwnEnd_isRefused() throws Exception {
    SiteKeys.request(site, party("9999"), KeyKind.EC, false);

    assertThatThrownBy(
            () ->
                authority.sign(
                    CertificateRequest.read(site.request()),
                    NOW,
                    NOW.plus(YEAR.multipliedBy(4)),
                    false))
        .hasMessageContaining("not after the authority's own end");
  }

  @Test
  void namesThatNobodyMayHave_areRefused() {
    assertThatThrownBy(() -> party("9999/../1")).hasMessageContaining("9999/../1");
    assertThatThrownBy(() -> new Wanted(Set.of(), false, List.of()))
        .hasMessageContaining("found no party");
    assertThatThrownBy(() -> new Wanted(Set.of("1"), false, List.of("a b")))
        .hasMessageContaining("'a b'");
  }

  @Test
  void fileThatHoldsNothing_isRefusedByName() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "hello");

    assertThatThrownBy(() -> site.install(empty)).hasMessageContainingAll("empty.pem", "no block");
    assertThatThrownBy(() -> site.install(folder.resolve("none.pem")))
        .hasMessageContaining("none.pem");
  }

  private static LiveIdentity live(SiteIdentity identity) {
    return new LiveIdentity(identity, InstantSource.fixed(NOW));
  }

  private void issue(Set<String> parties) {
    SiteKeys.issue(site, new Wanted(parties, false, List.of()), authority, NOW, YEAR);
  }

  private static Wanted party(String id) {
    return new Wanted(Set.of(id), false, List.of());
  }

  private Path signed(CertificateRequest asked, Instant from, Instant until) {
    return bundle(authority.sign(asked, from, until, false));
  }

  private Path bundle(X509Certificate certificate) {
    Path file = folder.resolve("signed.pem");
    SecretFiles.writePublic(file, authority.bundle(certificate));
    return file;
  }

  private Path certificateOnly(IdentityFolder of) throws Exception {
    String text = Files.readString(of.site());
    return Files.writeString(
        folder.resolve("peer.pem"), text.substring(text.indexOf("-----BEGIN CERTIFICATE")));
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
