package io.fedflow.transport.grpc;

import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.identity.authority.Authority;
import io.fedflow.identity.authority.KeyKind;
import io.fedflow.identity.authority.SiteKeys;
import io.fedflow.identity.authority.Wanted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

  /** The same for every call with one id. */
  LinkSecurity security(String partyId) {
    return made.computeIfAbsent(partyId, id -> LinkSecurity.tls(live(id, Instant.now(), YEAR)));
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
}
