package io.fedflow.server;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.identity.LogOnce;
import io.fedflow.identity.PeerIdentity;
import io.fedflow.identity.SiteIdentity;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Takes another identity as soon as it lies in the folder, and warns before the one in use expires.
 * What cannot be used changes nothing, and is told once. Not thread-safe; blocks.
 */
final class IdentityWatch {

  /** In time for whoever has to ask another organisation for a signature. */
  static final Duration WARNING = Duration.ofDays(30);

  private static final Logger LOG = System.getLogger(IdentityWatch.class.getName());
  private static final Duration AGAIN = Duration.ofDays(1);

  private final IdentityFolder folder;
  private final LiveIdentity live;
  private final Set<String> parties;
  private final InstantSource clock;
  private final LogOnce log = new LogOnce();
  private Instant warned = Instant.MIN;

  /**
   * Watches a folder.
   *
   * @param parties whom the certificate has to name
   */
  IdentityWatch(
      IdentityFolder folder, LiveIdentity live, Set<String> parties, InstantSource clock) {
    this.folder = folder;
    this.live = live;
    this.parties = parties;
    this.clock = clock;
  }

  /** Looks once; gives whether another identity was taken. */
  boolean look() {
    boolean taken = false;
    try {
      SiteIdentity found = folder.load();
      if (differs(found)) {
        SiteProof.requireParties(found, parties);
        live.replace(found);
        taken = true;
        LOG.log(
            Level.INFO,
            () ->
                "new connections to other parties show "
                    + found.self().text()
                    + "; revoked certificates: "
                    + found.revoked().when().size());
      }
    } catch (FedflowException | UncheckedIOException bad) {
      log.warn(LOG, "the identity in use stays: " + bad.getMessage());
    }
    expiring(live.site().self(), clock.instant()).ifPresent(this::warn);
    return taken;
  }

  private boolean differs(SiteIdentity found) {
    return !found.chain().equals(live.site().chain())
        || !found.revoked().equals(live.site().revoked())
        || !new HashSet<>(found.trusted()).equals(new HashSet<>(live.site().trusted()));
  }

  private void warn(String warning) {
    Instant now = clock.instant();
    if (warned.equals(Instant.MIN) || !now.isBefore(warned.plus(AGAIN))) {
      warned = now;
      LOG.log(Level.WARNING, warning);
    }
  }

  /** That a certificate expires soon, or did; empty if it has time. */
  static Optional<String> expiring(PeerIdentity self, Instant now) {
    Duration left = Duration.between(now, self.notAfter());
    if (left.compareTo(WARNING) > 0) {
      return Optional.empty();
    }
    String when = left.isNegative() ? "expired at " : "expires in " + left.toDays() + " days, at ";
    return Optional.of(
        "the certificate of this site "
            + when
            + self.notAfter()
            + "; ask for another by 'fedflow party init --renew'; it is "
            + self.text());
  }
}
