package io.fedflow.server.cli;

import io.fedflow.transport.client.BlockingFlowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow job reject}. */
@Command(
    name = "reject",
    description = "Ends a job everywhere that waits for the approval of parties of this server.")
final class JobRejectCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;
  @Mixin private PendingParties parties;

  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String jobId;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "why, told to all parties",
      defaultValue = "")
  private String reason;

  @Override
  public Integer call() throws Exception {
    BlockingFlowClient client = server.blocking();
    List<String> done = new ArrayList<>();
    for (PendingParties.Decider party : parties.of(client, jobId)) {
      done.add(party.toString());
      client.reject(jobId, party.role(), party.id(), reason);
      // The job ends with the first of them.
      break;
    }
    console.result(
        Map.of("job_id", jobId, "rejected", done),
        () -> "job " + jobId + " rejected for " + String.join(", ", done));
    return 0;
  }
}
