package io.fedflow.policy;

import io.fedflow.dsl.InputTable;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.table.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a job uses of a party and what leaves it, for whoever decides whether it may run. Immutable.
 *
 * @param jobId the job
 * @param party the party of this site
 * @param initiator who submitted it
 * @param parties who takes part
 * @param status where the party's view stands
 * @param pending whether the party has to approve it before it may run
 * @param tables what it reads here
 * @param parts what it runs here, in the order of the plan
 * @param verdicts what the site's rules say now; empty without rules
 */
public record JobReview(
    String jobId,
    Party party,
    Party initiator,
    Parties parties,
    JobStatus status,
    boolean pending,
    List<Used> tables,
    List<Part> parts,
    List<RuleVerdict> verdicts) {

  /** Copies the lists. */
  public JobReview {
    tables = List.copyOf(tables);
    parts = List.copyOf(parts);
    verdicts = List.copyOf(verdicts);
  }

  /**
   * A table that is read.
   *
   * @param table which
   * @param rows how many rows it has; empty if it is not there
   * @param schema its columns; empty if they are not known
   */
  public record Used(InputTable table, OptionalLong rows, Optional<TableSchema> schema) {}

  /**
   * The party's part of a component.
   *
   * @param component its name in the DSL
   * @param module what it is
   * @param parameters by which it runs here, defaults included
   * @param sends what leaves the party
   * @param receives what it gets from others
   */
  public record Part(
      String component,
      String module,
      Map<String, Object> parameters,
      List<Message> sends,
      List<Message> receives) {

    /** Copies the lists. */
    public Part {
      sends = List.copyOf(sends);
      receives = List.copyOf(receives);
    }
  }

  /**
   * A message that may cross.
   *
   * @param declaration its name, its form, and what the receiver learns
   * @param others the parties at the other end
   */
  public record Message(MessageDeclaration declaration, List<Party> others) {

    /** Copies the list. */
    public Message {
      others = List.copyOf(others);
    }
  }
}
