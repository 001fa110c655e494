package io.fedflow.telemetry;

import io.fedflow.component.TaskId;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.Signal;
import java.util.List;

/** One signal of every kind. */
public final class Signals {

  /** The job of all. */
  public static final String JOB = "202611250000000000010";

  private static final Party GUEST = Party.of("guest", "9999");
  private static final TaskId TASK = new TaskId(JOB, "lr_0", 2);

  /** An instance that was fenced, which is of no job. */
  public static final String INSTANCE = "a-b-c";

  private Signals() {}

  /** All of them. */
  public static List<Signal> all() {
    return List.of(
        new Signal.TurnStored(JOB, Signal.COORDINATOR, 3, 2, 1, 1_500_000),
        new Signal.TurnStored(JOB, "guest:9999", 5, 4, 3, 2_500_000),
        new Signal.StoreRetried(JOB, 2, 50, "the database is away"),
        new Signal.EffectDone(JOB, Signal.COORDINATOR, "Command"),
        new Signal.CommandSent(JOB, GUEST, "StartTask", Signal.Delivery.ARRIVED, 1, 7_000_000, ""),
        new Signal.CommandSent(
            JOB, GUEST, "StartTask", Signal.Delivery.LOST, 8, 9_000_000, "cannot be reached"),
        new Signal.CommandRetried(JOB, GUEST, "StartTask", 4, 800, "no route"),
        new Signal.JobMoved(
            JOB, Signal.COORDINATOR, JobStatus.WAITING, JobStatus.RUNNING, 1_500, ""),
        new Signal.MessageIgnored(JOB, "guest:9999", "StartAsked", "lr_0 runs already"),
        new Signal.AttemptStarted(TASK, GUEST, "HeteroLR"),
        new Signal.AttemptEnded(
            TASK, GUEST, "HeteroLR", TaskStatus.FAILED, 3_000_000_000L, "out of data"),
        new Signal.SlotsGranted(JOB, 4, 1_200),
        new Signal.JobTakenOver(JOB),
        new Signal.InstanceFenced(INSTANCE));
  }
}
