package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.identity.SecretFiles;
import io.fedflow.testkit.stage.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An identity that changes under a running server. */
class IdentityWatchTest {

  @TempDir Path folder;

  private IdentityFolder identity() {
    return new IdentityFolder(folder.resolve(ServerOptions.DEFAULT_IDENTITY));
  }

  private static IdentityWatch watch(IdentityFolder identity, LiveIdentity live, String party) {
    return new IdentityWatch(identity, live, Set.of(party), InstantSource.system());
  }

  @Test
  void anotherCertificateIsTaken_theSameIsNot_andABadOneChangesNothing() throws Exception {
    TestIdentity.issue(folder, folder, "9999", false);
    LiveIdentity live = new LiveIdentity(identity().load(), InstantSource.system());
    IdentityWatch watch = watch(identity(), live, "9999");
    assertThat(watch.look()).isFalse();

    TestIdentity.issue(folder, folder, "9999", false);
    assertThat(watch.look()).isTrue();
    String fingerprint = live.site().self().fingerprint();
    assertThat(fingerprint).isEqualTo(identity().self().fingerprint());

    TestIdentity.issue(folder, folder, "10000", false);
    assertThat(watch.look()).isFalse();
    SecretFiles.writeSecret(identity().site(), "nonsense");
    assertThat(watch.look()).isFalse();
    assertThat(live.site().self().fingerprint()).isEqualTo(fingerprint);
  }

  @Test
  void aCertificateThatExpiresSoon_isWarnedOf() {
    TestIdentity.issue(folder, folder, "9999", false);
    Instant end = identity().self().notAfter();

    assertThat(IdentityWatch.expiring(identity().self(), end.minus(Duration.ofDays(31)))).isEmpty();
    assertThat(IdentityWatch.expiring(identity().self(), end.minus(Duration.ofDays(29))))
        .hasValueSatisfying(
            warning ->
                assertThat(warning).contains("expires in 29 days", "party init --renew", "[9999]"));
    assertThat(IdentityWatch.expiring(identity().self(), end.plusSeconds(1)))
        .hasValueSatisfying(warning -> assertThat(warning).contains("expired at " + end));
  }

  @Test
  void aRunningServerTakesIt_andTellsHowLongItHolds() throws Exception {
    TestIdentity.issue(folder, folder, "9999", false);
    ServerOptions options = TestServer.options(folder).federation(Set.of("9999"), Map.of()).build();
    try (TestServer server = TestServer.start(options)) {
      assertThat(metrics(server)).containsPattern("fedflow_certificate_expires_seconds 3[0-9.]+E7");
      Files.delete(identity().site());
      TestIdentity.issue(folder, folder, "9999", false);
      String fresh = identity().self().fingerprint();

      long end = System.nanoTime() + Duration.ofSeconds(Await.SECONDS).toNanos();
      while (!server.server().certificate().equals(fresh)) {
        assertThat(System.nanoTime()).as("in time").isLessThan(end);
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private static String metrics(TestServer server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.server().url() + "/metrics")).GET().build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
