package io.fedflow.transport.http.v1;

import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobRow;
import io.fedflow.party.Party;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.LogLine.Level;
import io.fedflow.transport.http.wire.Arguments;
import java.util.List;

/**
 * Which lines one of FATE's log files holds.
 *
 * @param jobId the job
 * @param parties whose lines, one party after the other
 * @param component only lines of this component; empty for all
 * @param scheduler only lines of no component
 * @param least only this level or graver
 */
record LogSelection(
    String jobId, List<Party> parties, String component, boolean scheduler, Level least) {

  private static final List<String> TYPES =
      List.of(
          "jobSchedule",
          "jobScheduleError",
          "partyError",
          "partyWarning",
          "partyInfo",
          "partyDebug",
          "componentInfo");

  /**
   * The lines of the file that a client asks for.
   *
   * @param views this site's views of the job
   * @throws FedflowException {@code argument.missing} or {@code argument.type}
   */
  static LogSelection of(Arguments arguments, List<JobRow> views) {
    String jobId = arguments.requiredText("job_id");
    String type = arguments.requiredText("log_type");
    return switch (type) {
      case "jobSchedule" -> scheduler(jobId, views, Level.DEBUG);
      case "jobScheduleError" -> scheduler(jobId, views, Level.ERROR);
      case "partyError" -> party(jobId, arguments, "", Level.ERROR);
      case "partyWarning" -> party(jobId, arguments, "", Level.WARNING);
      case "partyInfo" -> party(jobId, arguments, "", Level.INFO);
      case "partyDebug" -> party(jobId, arguments, "", Level.DEBUG);
      case "componentInfo" ->
          party(jobId, arguments, arguments.requiredText("component_name"), Level.INFO);
      default ->
          throw FedflowException.invalid(
              "argument.type", "log_type: found '" + type + "', allowed one of " + TYPES);
    };
  }

  private static LogSelection scheduler(String jobId, List<JobRow> views, Level least) {
    List<Party> parties = views.stream().map(JobRow::party).toList();
    return new LogSelection(jobId, parties, "", true, least);
  }

  private static LogSelection party(
      String jobId, Arguments arguments, String component, Level least) {
    Party party = PartyIds.party(arguments.require("role", "party_id"));
    return new LogSelection(jobId, List.of(party), component, false, least);
  }

  /** Tells whether a line of these parties, this component and level belongs to the file. */
  boolean holds(LogLine line) {
    return !scheduler || line.component().isEmpty();
  }
}
