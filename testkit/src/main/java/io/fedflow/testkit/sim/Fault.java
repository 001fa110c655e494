package io.fedflow.testkit.sim;

/** What can go wrong in a simulated world; all of it heals. */
public enum Fault {
  /** Commands and messages that do not arrive; their sender is told that nobody answered. */
  DROP,
  /** Commands that arrive while their answer does not; their sender cannot know. */
  LOST_ANSWER,
  /** Commands that arrive twice, the second time later than what was sent after them. */
  DUPLICATE,
  /** Sites that cannot reach each other for a while. */
  PARTITION,
  /** Processes that die in the middle of anything, and come back with what was stored. */
  CRASH,
  /** Writes that are refused, and certainly not done. */
  STORE_DOWN,
  /** Writes that are done, and answered as if nobody knew. */
  STORE_UNKNOWN,
  /** Tasks that fail some times before they succeed. */
  TASK_FAILURE,
  /** Tasks that hang until they are stopped. */
  TASK_HANG,
  /** Users who stop a job. */
  STOP,
  /** Users who run an ended job again, its tasks repaired. */
  RERUN,
  /** Users who give an ended job other parameters before they run it again. */
  UPDATE,
  /** Users who clean an ended job. */
  CLEAN,
  /** Users who let a job inherit from an ended one. */
  INHERIT
}
