package io.fedflow.job;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Whether a site can still do its work. While its store is down it waits, takes no new jobs, and
 * goes on by itself. It fails once and for good: when its store stays down for longer than the site
 * is patient or is broken, when another server took over its jobs, when the machine under it gives
 * up (out of memory), or when nothing runs its turns any more. A failed site takes no more jobs and
 * can still be read; the next start goes on with what is stored. Thread-safe.
 */
public final class SiteHealth {

  private static final System.Logger LOG = System.getLogger(SiteHealth.class.getName());

  private final CompletableFuture<FedflowException> failed = new CompletableFuture<>();

  private final StoreWatch store;

  /** A site that is well. */
  SiteHealth(InstantSource clock) {
    this.store = new StoreWatch(clock);
  }

  /** Why the site takes no more jobs; empty while it is well. */
  public Optional<FedflowException> failure() {
    return Optional.ofNullable(failed.getNow(null));
  }

  /**
   * Completes with the failure when there is one; never completes exceptionally. Whoever depends on
   * it runs on a thread of the engine and must not block.
   */
  public CompletionStage<FedflowException> failed() {
    return failed.minimalCompletionStage();
  }

  /** How the store is down for which turns wait; empty while it is there. */
  public Optional<StoreOutage> storeOutage() {
    return store.outage();
  }

  /** Who waits for the store tells it there. */
  StoreWatch store() {
    return store;
  }

  /** A turn could not be stored; only some reasons tell of the site and not of the one job. */
  void unstored(String jobId, Throwable why) {
    if (concernsTheSite(why)) {
      fail("its store failed at job " + jobId, why);
    }
  }

  /**
   * A lost race, a write of unknown fate or a refused row is the matter of one job. What is left is
   * a store that stayed down for too long, one that breaks its contract, or one that is another
   * server's by now.
   */
  private static boolean concernsTheSite(Throwable why) {
    return !(why instanceof FedflowException known)
        || known.kind() == FailureKind.BUG
        || InstanceKeeper.isFenced(known)
        || known.kind() == FailureKind.UNAVAILABLE && !known.code().equals(JobIntake.SITE_CLOSED);
  }

  /** Fails the site; only the first time counts. */
  void fail(String what, Throwable why) {
    Throwable cause = Stages.unwrap(why);
    FedflowException failure =
        new FedflowException(
            FailureKind.UNAVAILABLE,
            "site.failed",
            "this site takes no more jobs: "
                + what
                + ": "
                + JobOutbox.reason(cause)
                + "; remove the cause and start it again, its live jobs go on then",
            cause);
    if (failed.complete(failure)) {
      LOG.log(System.Logger.Level.ERROR, failure.getMessage(), cause);
    }
  }
}
