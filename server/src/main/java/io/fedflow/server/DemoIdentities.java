package io.fedflow.server;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.authority.Authority;
import io.fedflow.identity.authority.KeyKind;
import io.fedflow.identity.authority.SiteKeys;
import io.fedflow.identity.authority.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A consortium on one machine, for a demo: its authority and the identities of its parties. */
final class DemoIdentities {

  private static final Duration LIFETIME = Duration.ofDays(90);

  private DemoIdentities() {}

  /**
   * Makes whatever is missing or about to expire.
   *
   * @param folder of the demo
   * @param own the data folder of each party's server, in the order of the parties
   */
  static void make(Path folder, List<String> parties, List<Path> own) throws IOException {
    Path consortium = folder.resolve("authority");
    Instant now = Instant.now();
    Authority authority =
        Files.exists(Authority.certificateFile(consortium))
            ? Authority.open(consortium)
            : Authority.create(
                consortium, "Fedflow demo", KeyKind.EC, now, LIFETIME.multipliedBy(100));
    for (int i = 0; i < parties.size(); i++) {
      Files.createDirectories(own.get(i));
      IdentityFolder identity =
          new IdentityFolder(own.get(i).resolve(ServerOptions.DEFAULT_IDENTITY));
      boolean fresh =
          identity.hasSite() && identity.self().notAfter().isAfter(now.plus(IdentityWatch.WARNING));
      if (!fresh) {
        SiteKeys.issue(
            identity,
            new Wanted(Set.of(parties.get(i)), false, List.of()),
            authority,
            now,
            LIFETIME);
      }
    }
  }
}
