package io.fedflow.server.cli;

import io.fedflow.transport.client.BlockingFlowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fedflow job approve}. */
@Command(
    name = "approve",
    description = "Lets a job run that waits for the approval of parties of this server.")
final class JobApproveCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;
  @Mixin private PendingParties parties;

  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String jobId;

  @Override
  public Integer call() throws Exception {
    BlockingFlowClient client = server.blocking();
    List<String> done = new ArrayList<>();
    for (PendingParties.Decider party : parties.of(client, jobId)) {
      done.add(party.toString());
      client.approve(jobId, party.role(), party.id());
    }
    console.result(
        Map.of("job_id", jobId, "approved", done),
        () -> "job " + jobId + " approved for " + String.join(", ", done));
    return 0;
  }
}
