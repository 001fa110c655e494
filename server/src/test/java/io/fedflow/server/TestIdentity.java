package io.fedflow.server;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.authority.Authority;
import io.fedflow.identity.authority.KeyKind;
import io.fedflow.identity.authority.SiteKeys;
import io.fedflow.identity.authority.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Identities of servers in tests. */
final class TestIdentity {

  private static final Duration YEAR = Duration.ofDays(365);

  private TestIdentity() {}

  /** Makes an identity where a server looks for it, of the one authority of a test's folder. */
  static void issue(Path folder, Path dataDir, String party, boolean relay) {
    issue(folder, dataDir, Set.of(party), relay);
  }

  /** The same for a site of several parties. */
  static void issue(Path folder, Path dataDir, Set<String> parties, boolean relay) {
    Path consortium = folder.resolve("authority");
    Authority authority =
        Files.exists(consortium)
            ? Authority.open(consortium)
            : Authority.create(
                consortium, "Tests", KeyKind.EC, Instant.now(), YEAR.multipliedBy(3));
    SiteKeys.issue(
        new IdentityFolder(dataDir.resolve(ServerOptions.DEFAULT_IDENTITY)),
        new Wanted(parties, relay, List.of()),
        authority,
        Instant.now(),
        YEAR);
  }
}
