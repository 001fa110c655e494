package io.fedflow.queue;

import io.fedflow.data.Stages;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.SlotDesk;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The queue manager over the slots and the stored events. Thread-safe.
 *
 * @param desk gives slots
 * @param bus delivers events
 * @param store keeps them
 * @param pipelines stops jobs
 */
public record StoredQueueManager(
    SlotDesk desk, JobEventBus bus, JobStore store, PipelineManager pipelines)
    implements QueueManager {

  @Override
  public List<String> waiting() {
    SlotView view = desk.view();
    return Stream.concat(
            view.holders().stream().filter(h -> !h.running()).map(SlotView.Holder::jobId),
            view.waiters().stream().map(SlotView.Waiter::jobId))
        .toList();
  }

  @Override
  public List<String> running() {
    return desk.view().holders().stream()
        .filter(SlotView.Holder::running)
        .map(SlotView.Holder::jobId)
        .toList();
  }

  @Override
  public SlotView slots() {
    return desk.view();
  }

  @Override
  public void resize(int slots) {
    desk.resize(slots);
  }

  @Override
  public void pause() {
    desk.pause();
  }

  @Override
  public void resume() {
    desk.resume();
  }

  @Override
  public boolean paused() {
    return desk.view().paused();
  }

  @Override
  public int capacity() {
    return desk.view().capacity();
  }

  @Override
  public CompletionStage<List<JobEvent>> events(String jobId, long after, int limit) {
    return store.events(jobId, after, limit);
  }

  @Override
  public CompletionStage<Void> clean(String jobId) {
    return Stages.start(() -> store.jobs(JobQuery.ofJob(jobId)))
        .thenCompose(
            views -> {
              requireOver(jobId, views);
              return store.lastEvent(jobId);
            })
        .thenCompose(last -> store.dropEvents(jobId, last - 1));
  }

  private static void requireOver(String jobId, List<JobRow> views) {
    if (views.isEmpty()) {
      throw FedflowException.invalid("job.unknown", "this site does not know job " + jobId);
    }
    for (JobRow view : views) {
      if (!view.status().terminal()) {
        throw new FedflowException(
            FailureKind.CONFLICT,
            "job.live",
            "job "
                + jobId
                + " is "
                + view.status()
                + " at "
                + view.party()
                + "; its events are needed until its end: stop it first, or wait");
      }
    }
  }

  @Override
  public CompletionStage<Map<String, String>> cancelWaiting(String by) {
    return Stages.start(() -> store.jobs(ofStatus(JobStatus.WAITING)))
        .thenCompose(views -> cancelAll(views, by));
  }

  private CompletionStage<Map<String, String>> cancelAll(List<JobRow> views, String by) {
    Map<String, CompletableFuture<String>> asked = new LinkedHashMap<>();
    views.stream()
        .filter(JobRow::isInitiator)
        .forEach(view -> asked.put(view.jobId(), cancel(view.jobId(), by).toCompletableFuture()));
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> {
              Map<String, String> outcomes = new LinkedHashMap<>();
              asked.forEach((jobId, outcome) -> outcomes.put(jobId, outcome.join()));
              return outcomes;
            });
  }

  /** One job that cannot be canceled does not keep the others from it. */
  private CompletionStage<String> cancel(String jobId, String by) {
    return Stages.start(() -> pipelines.stop(jobId, by))
        .handle(
            (stopped, failed) -> {
              if (failed != null) {
                return String.valueOf(Stages.unwrap(failed).getMessage());
              }
              return stopped ? "" : "it ended meanwhile";
            });
  }

  private static JobQuery ofStatus(JobStatus status) {
    return new JobQuery(
        List.of(), List.of(), List.of(), Set.of(status), false, 0, StoreRules.MAX_ROWS);
  }

  @Override
  public AutoCloseable follow(String jobId, long after, Consumer<JobEvent> consumer) {
    return bus.follow(jobId, after, consumer);
  }
}
