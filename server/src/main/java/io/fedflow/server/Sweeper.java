package io.fedflow.server;

import io.fedflow.Fedflow;
import io.fedflow.pipeline.Retention;
import io.fedflow.pipeline.Swept;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Drops now and then what ended jobs left for longer than the server keeps it. What fails is tried
 * at the next time. Start once, close once.
 */
final class Sweeper implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Sweeper.class.getName());

  /** After a start jobs that run again come first. */
  static final Duration FIRST = Duration.ofMinutes(1);

  /** Times to keep are days. */
  static final Duration EACH = Duration.ofHours(1);

  private final Vertx vertx;
  private final Fedflow site;
  private final Retention retention;
  private final Duration each;
  private long timer = -1;
  private boolean closed;

  Sweeper(Vertx vertx, Fedflow site, Retention retention, Duration each) {
    this.vertx = vertx;
    this.site = site;
    this.retention = retention;
    this.each = each;
  }

  /** Sweeps after a while, and again and again; does nothing if all is kept for good. */
  void start(Duration first) {
    if (!retention.keep().isEmpty()) {
      later(first);
    }
  }

  private synchronized void later(Duration pause) {
    if (!closed) {
      timer = vertx.setTimer(Math.max(1, pause.toMillis()), id -> sweep());
    }
  }

  private void sweep() {
    Future.fromCompletionStage(site.pipelines().sweep(retention, false))
        .onSuccess(Sweeper::tell)
        .onFailure(
            failed ->
                LOG.log(Level.WARNING, () -> "old results stay for now: " + failed.getMessage()))
        .onComplete(done -> later(each));
  }

  private static void tell(Swept swept) {
    long kept = swept.jobs().stream().filter(job -> !job.kept().isEmpty()).count();
    if (swept.jobs().size() > kept) {
      LOG.log(
          Level.INFO,
          () ->
              "dropped what "
                  + (swept.jobs().size() - kept)
                  + " ended jobs left for longer than it is kept"
                  + (kept > 0 ? "; " + kept + " are kept all the same" : ""));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    vertx.cancelTimer(timer);
  }
}
