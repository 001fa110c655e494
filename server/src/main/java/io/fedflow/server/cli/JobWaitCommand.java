package io.fedflow.server.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fedflow job wait}. */
@Command(name = "wait", description = "Follows a job to its end.")
final class JobWaitCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String jobId;

  @Override
  public Integer call() throws Exception {
    JobEnd end = JobWatch.follow(List.of(server.client()), jobId, console.progress());
    console.result(end.tree(), end::words);
    return end.exitCode();
  }
}
