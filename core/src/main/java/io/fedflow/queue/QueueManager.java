package io.fedflow.queue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The slots of a site, the jobs that wait for them, and the event queue of every job. Thread-safe.
 */
public interface QueueManager {

  /**
   * Ids of the jobs that wait for slots: those that hold theirs here and wait for other sites, then
   * those in the line of this site, first first.
   */
  List<String> waiting();

  /** Ids of the jobs that run, the first in rank first. */
  List<String> running();

  /** Who holds the slots of this site, and who waits for them, at one moment. */
  SlotView slots();

  /**
   * Gives the site another number of slots until its next start. Jobs that hold more than that keep
   * what they have.
   *
   * @throws IllegalArgumentException below 1
   */
  void resize(int slots);

  /** Lets no further job run until {@link #resume} or the next start of the site. */
  void pause();

  /** Lets jobs run again. */
  void resume();

  /** Whether no further job is let run. */
  boolean paused();

  /** How many slots the site has. */
  int capacity();

  /** Events of a job with a sequence above {@code after}, at most {@code limit}. */
  CompletionStage<List<JobEvent>> events(String jobId, long after, int limit);

  /**
   * Drops the stored events of a job that is over at this site, but for the last one: so that
   * sequences go on if the job is ever run again, and whoever follows late still hears how it
   * ended. Again is without effect.
   *
   * @return fails with {@code job.unknown}, or CONFLICT {@code job.live} if the job is not over
   */
  CompletionStage<Void> clean(String jobId);

  /**
   * Cancels all jobs that wait and are coordinated at this site.
   *
   * @param by who asks, for the cause of their end
   * @return the jobs, oldest first, each with the reason why it could not be canceled; empty if it
   *     was
   */
  CompletionStage<Map<String, String>> cancelWaiting(String by);

  /**
   * Follows a job's events: first those stored with a sequence above {@code after}, then new ones,
   * in order, none twice, none lost.
   *
   * @param consumer called on a thread of the engine, one event at a time; must not block
   * @return ends it
   */
  AutoCloseable follow(String jobId, long after, Consumer<JobEvent> consumer);
}
