package io.fedflow.job;

import static io.fedflow.job.TaskStatus.CANCELED;
import static io.fedflow.job.TaskStatus.FAILED;
import static io.fedflow.job.TaskStatus.PASS;
import static io.fedflow.job.TaskStatus.RUNNING;
import static io.fedflow.job.TaskStatus.SUCCESS;
import static io.fedflow.job.TaskStatus.TIMEOUT;
import static io.fedflow.job.TaskStatus.WAITING;

/** The transition table of one attempt of a task. */
public final class TaskTransitions {

  /** Which status may follow which. */
  public static final Transitions<TaskStatus> TABLE =
      Transitions.of(TaskStatus.class, TaskStatus::terminal)
          .on(WAITING, RUNNING, CANCELED)
          .on(RUNNING, CANCELED, TIMEOUT, FAILED, PASS, SUCCESS)
          .build();

  private TaskTransitions() {}
}
