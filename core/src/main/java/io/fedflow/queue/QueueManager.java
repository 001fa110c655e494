package io.fedflow.queue;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The waiting jobs of a site and the event queue of every job. Thread-safe. */
public interface QueueManager {

  /** Ids of the jobs that wait for admission, first in line first. */
  List<String> waiting();

  /** Ids of the jobs that were admitted and have not ended. */
  List<String> running();

  /** How many jobs may run at once. */
  int capacity();

  /** Events of a job with a sequence above {@code after}, at most {@code limit}. */
  CompletionStage<List<JobEvent>> events(String jobId, long after, int limit);

  /**
   * Follows a job's events: first those stored with a sequence above {@code after}, then new ones,
   * in order, none twice, none lost.
   *
   * @param consumer called on a thread of the engine, one event at a time; must not block
   * @return ends it
   */
  AutoCloseable follow(String jobId, long after, Consumer<JobEvent> consumer);
}
