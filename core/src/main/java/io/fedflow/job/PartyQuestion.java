package io.fedflow.job;

import io.fedflow.component.TaskId;
import java.util.List;

/** What one party's server wants to know from another's. Asking changes nothing. */
public sealed interface PartyQuestion {

  /** The job it is about. */
  String jobId();

  /**
   * Which of these attempts have ended at the party, and how? Answered with {@link
   * PartyAnswer.Collected}.
   */
  record CollectTasks(String jobId, List<TaskId> tasks) implements PartyQuestion {

    /** Copies the list. */
    public CollectTasks {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * Does the party still have to approve the job before it may run? Answered with {@link
   * PartyAnswer.Approval}.
   */
  record CheckApproval(String jobId) implements PartyQuestion {}

  /**
   * Which of these components of an ended job could another job take over at the party: ended well,
   * all outputs kept? Answered with {@link PartyAnswer.Inheritable}.
   */
  record CheckInheritance(String jobId, List<String> components) implements PartyQuestion {

    /** Copies the list. */
    public CheckInheritance {
      components = List.copyOf(components);
    }
  }
}
