package io.fedflow.testkit.sim;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.TaskRow;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.TaskQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A disk as one life of a process sees it: slow, at times down, at times silent about what it did.
 * What is on its way at a crash is stored or not. Not thread-safe.
 */
final class FaultyJobStore implements JobStore {

  private final JobStore disk;
  private final Life life;
  private final ManualTime time;
  private final Weather weather;
  private final Consumer<String> answered;
  private final Set<String> unsure = new HashSet<>();
  private final List<Write> underWay = new ArrayList<>();

  /**
   * A view of a disk.
   *
   * @param answered is told of every job of which a turn was answered
   */
  FaultyJobStore(
      JobStore disk, Life life, ManualTime time, Weather weather, Consumer<String> answered) {
    this.answered = answered;
    this.disk = disk;
    this.life = life;
    this.time = time;
    this.weather = weather;
  }

  private static final class Write {

    private final StoreTurn turn;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Write(StoreTurn turn) {
      this.turn = turn;
    }
  }

  @Override
  public CompletionStage<Void> commit(StoreTurn turn) {
    Write write = new Write(turn);
    if (life.calls()) {
      underWay.add(write);
      time.after(weather.storeMillis(), () -> land(write));
    }
    return write.done.minimalCompletionStage();
  }

  private void land(Write write) {
    if (!underWay.contains(write)) {
      return;
    }
    if (weather.storeDown()) {
      answer(write, unavailable());
      return;
    }
    disk.commit(write.turn)
        .whenComplete(
            (ok, failed) ->
                answer(write, failed == null && weather.storeUnknown() ? unknown() : failed));
  }

  private void answer(Write write, Throwable failed) {
    time.after(
        weather.storeMillis(),
        () -> {
          underWay.remove(write);
          if (life.alive()) {
            noteDoubt(write.turn.jobId(), failed);
            complete(write.done, failed);
            answered.accept(write.turn.jobId());
          }
        });
  }

  private void noteDoubt(String jobId, Throwable failed) {
    FailureKind kind = failed instanceof FedflowException known ? known.kind() : null;
    if (kind == FailureKind.UNKNOWN) {
      unsure.add(jobId);
    } else if (kind != FailureKind.UNAVAILABLE) {
      unsure.remove(jobId);
    }
  }

  /** Tells whether a turn of a job was handed over and not answered yet, or not clearly. */
  boolean writes(String jobId) {
    return unsure.contains(jobId)
        || underWay.stream().anyMatch(write -> write.turn.jobId().equals(jobId));
  }

  /** The process died: what had not reached the disk yet does so now, or never. */
  void crash(Chance chance) {
    for (Write write : List.copyOf(underWay)) {
      underWay.remove(write);
      if (chance.coin()) {
        // A turn that is on the disk already is refused here, and changes nothing.
        disk.commit(write.turn);
      }
    }
  }

  @Override
  public CompletionStage<List<JobRow>> jobs(JobQuery query) {
    return read(() -> disk.jobs(query));
  }

  @Override
  public CompletionStage<Long> countJobs(JobQuery query) {
    return read(() -> disk.countJobs(query));
  }

  @Override
  public CompletionStage<JobPage> search(JobSearch search) {
    return read(() -> disk.search(search));
  }

  @Override
  public CompletionStage<List<TaskRow>> tasks(TaskQuery query) {
    return read(() -> disk.tasks(query));
  }

  @Override
  public CompletionStage<Optional<CoordinationRow>> coordination(String jobId) {
    return read(() -> disk.coordination(jobId));
  }

  @Override
  public CompletionStage<List<String>> unfinished() {
    return read(disk::unfinished);
  }

  @Override
  public CompletionStage<List<JobEvent>> events(String jobId, long after, int limit) {
    return read(() -> disk.events(jobId, after, limit));
  }

  @Override
  public CompletionStage<Long> lastEvent(String jobId) {
    return read(() -> disk.lastEvent(jobId));
  }

  @Override
  public CompletionStage<Void> dropEvents(String jobId, long upTo) {
    return read(() -> disk.dropEvents(jobId, upTo));
  }

  private <T> CompletionStage<T> read(Supplier<CompletionStage<T>> what) {
    if (life.starting()) {
      return what.get();
    }
    CompletableFuture<T> done = new CompletableFuture<>();
    if (life.calls()) {
      boolean down = weather.storeDown();
      life.after(
          weather.storeMillis(),
          () -> {
            if (down) {
              done.completeExceptionally(unavailable());
            } else {
              what.get()
                  .whenComplete(
                      (value, failed) -> {
                        if (failed == null) {
                          done.complete(value);
                        } else {
                          done.completeExceptionally(failed);
                        }
                      });
            }
          });
    }
    return Strand.settled(done.minimalCompletionStage());
  }

  static void complete(CompletableFuture<Void> done, Throwable failed) {
    if (failed == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failed);
    }
  }

  static FedflowException unavailable() {
    return new FedflowException(
        FailureKind.UNAVAILABLE, "store.unavailable", "the disk does not answer");
  }

  private static FedflowException unknown() {
    return new FedflowException(
        FailureKind.UNKNOWN, "store.unknown", "the disk did not say whether it wrote");
  }
}
