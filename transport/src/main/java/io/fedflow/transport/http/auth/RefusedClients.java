package io.fedflow.transport.http.auth;

import io.fedflow.audit.Actor;
import io.fedflow.audit.AuditEvent.Outcome;
import io.fedflow.audit.AuditTrail;
import io.fedflow.spi.AuditLog;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Records requests whose signature was refused. Anybody can send such requests, so of more than a
 * hundred a minute only their number is recorded, with the next one that is. Thread-safe.
 */
public final class RefusedClients {

  /** How many are recorded one by one in a minute. */
  static final int MOST_A_MINUTE = 100;

  private static final Logger LOG = System.getLogger(RefusedClients.class.getName());
  private static final long MINUTE_MILLIS = 60_000;
  private static final int LONGEST_PATH = 200;

  private final AuditTrail trail;
  private final InstantSource clock;
  private long minute;
  private int recorded;
  private long left;

  /**
   * Records in a log.
   *
   * @param log empty records nothing
   */
  public RefusedClients(Optional<AuditLog> log, InstantSource clock) {
    this.trail = log.map(AuditTrail::new).orElse(null);
    this.clock = clock;
  }

  /** Notes a request that was refused; who its app key is of is not proved. */
  void note(HttpServerRequest request, String why) {
    long unrecorded = trail == null ? -1 : take();
    if (unrecorded < 0) {
      return;
    }
    String address = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    String path = request.path() == null ? "" : request.path().replaceAll("\\p{Cntrl}", "?");
    String shown = path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path;
    String more = unrecorded == 0 ? "" : "; " + unrecorded + " more before were not recorded";
    trail
        .note(
            Actor.client("", address),
            "client.request",
            request.method() + " " + shown,
            Outcome.REFUSED,
            why + more)
        .whenComplete(
            (noted, failed) -> {
              if (failed != null) {
                LOG.log(Level.ERROR, () -> "the audit log lacks a refused request: " + failed);
              }
            });
  }

  /** How many were not recorded since the last that was; -1 if this one is not either. */
  synchronized long take() {
    long now = clock.millis() / MINUTE_MILLIS;
    if (now != minute) {
      minute = now;
      recorded = 0;
    }
    if (recorded >= MOST_A_MINUTE) {
      left++;
      return -1;
    }
    recorded++;
    long before = left;
    left = 0;
    return before;
  }
}
