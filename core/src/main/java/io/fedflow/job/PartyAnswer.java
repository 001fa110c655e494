package io.fedflow.job;

import java.util.List;

/** What a party's server says to a {@link PartyQuestion}. */
public sealed interface PartyAnswer {

  /** The reports of those attempts that have ended, in the order asked. */
  record Collected(List<PartyCommand.ReportTask> reports) implements PartyAnswer {

    /** Copies the list. */
    public Collected {
      reports = List.copyOf(reports);
    }
  }

  /**
   * Whether the party still has to approve the job.
   *
   * @param pending whether it has to
   * @param since since when the job waits there, epoch milliseconds by the party's clock
   * @param reason what asks for the approval; may be empty
   */
  record Approval(boolean pending, long since, String reason) implements PartyAnswer {

    /** Without a reason. */
    public Approval(boolean pending, long since) {
      this(pending, since, "");
    }
  }

  /** Those components that can be taken over, in the order asked. */
  record Inheritable(List<String> components) implements PartyAnswer {

    /** Copies the list. */
    public Inheritable {
      components = List.copyOf(components);
    }
  }
}
