package io.fedflow.job;

import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobSettings;
import io.fedflow.job.CoordinationRow.HeldTask;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** When something about a job is due by itself. All times are epoch milliseconds. Pure. */
final class Deadlines {

  private static final OptionalLong NONE = OptionalLong.empty();

  private Deadlines() {}

  /** When the job has run too long. */
  static long job(long startTime, JobSettings settings) {
    return startTime + settings.timeout().toMillis();
  }

  /** When a running attempt has run too long; empty if it may run as long as its job. */
  static OptionalLong task(HeldTask held, JobSettings settings) {
    return held.status() != TaskStatus.RUNNING || settings.taskTimeout() == null
        ? NONE
        : OptionalLong.of(held.startTime() + settings.taskTimeout().toMillis());
  }

  /**
   * When the coordinator must look at the job again, if nothing happens before. It may be past: a
   * store that answered late must not make a job miss its time.
   */
  static OptionalLong next(CoordinationRow row, JobPlan plan) {
    if (row.status() != JobStatus.RUNNING || plan == null) {
      return NONE;
    }
    LongStream timeouts =
        row.tasks().stream()
            .map(held -> task(held, plan.settings()))
            .flatMapToLong(OptionalLong::stream);
    // While as many tasks run as may, the end of one of them is what retries wait for.
    LongStream retries =
        row.running() >= plan.settings().taskParallelism()
            ? LongStream.empty()
            : row.tasks().stream()
                .filter(held -> held.status() == TaskStatus.WAITING && held.notBefore() > 0)
                .mapToLong(HeldTask::notBefore);
    return LongStream.concat(
            LongStream.of(job(row.startTime(), plan.settings())),
            LongStream.concat(timeouts, retries))
        .min();
  }
}
