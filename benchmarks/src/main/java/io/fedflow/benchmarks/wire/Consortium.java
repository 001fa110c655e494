package io.fedflow.benchmarks.wire;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.identity.authority.Authority;
import io.fedflow.identity.authority.KeyKind;
import io.fedflow.identity.authority.SiteKeys;
import io.fedflow.identity.authority.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** An authority and the identities that it certified, in a folder. */
final class Consortium {

  private static final Duration LIFETIME = Duration.ofDays(1);

  private final Path folder;
  private final Authority authority;

  Consortium(Path folder) {
    this.folder = folder;
    this.authority =
        Authority.create(
            folder.resolve("authority"),
            "Benchmark",
            KeyKind.EC,
            Instant.now(),
            LIFETIME.multipliedBy(10));
  }

  /** A fresh identity of the site of a party. */
  LiveIdentity site(String partyId) throws IOException {
    return new LiveIdentity(new IdentityFolder(folder(partyId)).load(), InstantSource.system());
  }

  /** A folder with a fresh identity of the site of a party. */
  Path folder(String partyId) throws IOException {
    Path made = Files.createDirectory(folder.resolve(partyId));
    SiteKeys.issue(
        new IdentityFolder(made),
        new Wanted(Set.of(partyId), false, List.of()),
        authority,
        Instant.now(),
        LIFETIME);
    return made;
  }
}
