package io.fedflow.queue;

import io.fedflow.spi.JobStore;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The queue manager over an admission queue and the stored events. Thread-safe.
 *
 * @param admission who waits and who runs
 * @param bus delivers events
 * @param store keeps them
 */
public record StoredQueueManager(AdmissionQueue admission, JobEventBus bus, JobStore store)
    implements QueueManager {

  @Override
  public List<String> waiting() {
    return admission.waiting();
  }

  @Override
  public List<String> running() {
    return admission.running();
  }

  @Override
  public int capacity() {
    return admission.capacity();
  }

  @Override
  public CompletionStage<List<JobEvent>> events(String jobId, long after, int limit) {
    return store.events(jobId, after, limit);
  }

  @Override
  public AutoCloseable follow(String jobId, long after, Consumer<JobEvent> consumer) {
    return bus.follow(jobId, after, consumer);
  }
}
