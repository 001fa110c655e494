package io.fedflow.server;

import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Tells the registry again and again that this server lives, and at the end that it does not. While
 * the registry cannot be reached the log says so once; the server works on. Start once, end once.
 */
final class Registration {

  private static final Logger LOG = System.getLogger(Registration.class.getName());

  /** A crashed server is listed for half a minute; two announcements may get lost. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final int TIMES_A_LEASE = 3;
  private static final long FAREWELL_SECONDS = 5;

  private final Vertx vertx;
  private final ServiceRegistry registry;
  private final SiteServer server;
  private final InstantSource clock;
  private final Duration lease;
  private Future<Void> announced = Future.succeededFuture();
  private long timer = -1;
  private boolean failing;
  private boolean closed;

  Registration(
      Vertx vertx,
      ServiceRegistry registry,
      SiteServer server,
      InstantSource clock,
      Duration lease) {
    this.lease = lease;
    this.vertx = vertx;
    this.registry = registry;
    this.server = server;
    this.clock = clock;
  }

  /** Announces the server now, and then every third of its lease. */
  void start() {
    announce();
  }

  private synchronized void announce() {
    if (closed) {
      return;
    }
    Future<Void> told;
    try {
      told = Future.fromCompletionStage(registry.announce(server, clock.millis(), lease));
    } catch (RuntimeException failed) {
      told = Future.failedFuture(failed);
    }
    announced = told.onSuccess(done -> works()).onFailure(this::fails);
    announced.onComplete(ended -> later());
  }

  private synchronized void later() {
    if (!closed) {
      timer = vertx.setTimer(lease.toMillis() / TIMES_A_LEASE, id -> announce());
    }
  }

  private synchronized void works() {
    if (failing) {
      failing = false;
      LOG.log(Level.INFO, "the registry of this site's servers answers again");
    }
  }

  private synchronized void fails(Throwable failure) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.WARNING,
          "other servers of this site may not see this one, "
              + server.instanceId()
              + ": "
              + failure.getMessage());
    }
  }

  /** Withdraws the server; if that fails its lease ends by itself. */
  void end() throws Exception {
    Future<Void> last;
    synchronized (this) {
      closed = true;
      vertx.cancelTimer(timer);
      last = announced;
    }
    // An announcement that is still under way must not come after the farewell.
    last.recover(failed -> Future.succeededFuture())
        .compose(done -> Future.fromCompletionStage(registry.withdraw(server.instanceId())))
        .toCompletionStage()
        .toCompletableFuture()
        .get(FAREWELL_SECONDS, TimeUnit.SECONDS);
  }
}
