package io.fedflow.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fedflow job stop}. */
@Command(name = "stop", description = "Ends a job as canceled at all parties.")
final class JobStopCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String jobId;

  @Override
  public Integer call() throws Exception {
    String said = server.blocking().stop(jobId);
    console.result(Map.of("jobId", jobId, "message", said), () -> said);
    return 0;
  }
}
