package io.fedflow.fakes;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.CoordinationRow;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.ForwardingJobStore;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A job store in front of a sound one, whose commits and reads go wrong as a test says. */
public final class FlakyJobStore extends ForwardingJobStore {

  private final AtomicInteger commits = new AtomicInteger();
  private Commit commit = (number, turn, store) -> store.commit(turn);
  private final AtomicInteger reads = new AtomicInteger();
  private volatile int failingReads;
  private volatile CompletionStage<Optional<CoordinationRow>> coordinations;
  private volatile CompletionStage<Void> delay = CompletableFuture.completedStage(null);

  /** A store that is sound until a test says otherwise. */
  public FlakyJobStore(JobStore sound) {
    super(sound);
  }

  /** How a commit goes. */
  @FunctionalInterface
  public interface Commit {
    /**
     * Commits a turn, or not.
     *
     * @param number 1 for the first call
     */
    CompletionStage<Void> commit(int number, StoreTurn turn, JobStore sound);
  }

  /** Sets how commits go from now on; none that began before is still under way. */
  public synchronized FlakyJobStore commits(Commit how) {
    commit = how;
    return this;
  }

  /** Answers every question for a coordinator's row so from now on. */
  public void coordinations(CompletionStage<Optional<CoordinationRow>> answer) {
    coordinations = answer;
  }

  /** Makes so many reads of events fail. */
  public void failReads(int count) {
    failingReads = count;
  }

  /** Lets reads of events wait. */
  public void delayReads(CompletionStage<Void> until) {
    delay = until;
  }

  /** Counts reads of events from now on. */
  public void countReads() {
    reads.set(0);
  }

  /** How many reads of events were asked for. */
  public int reads() {
    return reads.get();
  }

  /** How many commits were asked for. */
  public int count() {
    return commits.get();
  }

  /** The same stores with this one among them. */
  public Stores in(Stores stores) {
    return new Stores(
        this,
        stores.tracking(),
        stores.tables(),
        stores.models(),
        stores.blobs(),
        stores.servers(),
        stores.instances(),
        stores::close);
  }

  /** Down, certainly not done. */
  public static FedflowException down() {
    return new FedflowException(FailureKind.UNAVAILABLE, "store.down", "the store is down");
  }

  /** Another writer was here. */
  public static FedflowException conflict() {
    return new FedflowException(FailureKind.CONFLICT, "store.revision", "somebody else wrote");
  }

  @Override
  public synchronized CompletionStage<Void> commit(StoreTurn turn) {
    return commit.commit(commits.incrementAndGet(), turn, real());
  }

  @Override
  public CompletionStage<Optional<CoordinationRow>> coordination(String jobId) {
    CompletionStage<Optional<CoordinationRow>> instead = coordinations;
    return instead == null ? real().coordination(jobId) : instead;
  }

  @Override
  public CompletionStage<List<JobEvent>> events(String jobId, long after, int limit) {
    if (failingReads > 0) {
      failingReads--;
      return CompletableFuture.failedStage(down());
    }
    reads.incrementAndGet();
    return delay.thenCompose(now -> real().events(jobId, after, limit));
  }
}
