package io.fedflow.server.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow job wait}. */
@Command(
    name = "wait",
    description = "Waits for the end of a job and shows meanwhile how far its components are.")
final class JobWaitCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String jobId;

  @Option(
      names = "--follow",
      description = "also tell each line of its log and each metric, as they come")
  private boolean follow;

  @Override
  public Integer call() throws Exception {
    JobEnd end =
        follow
            ? JobWatch.follow(List.of(server.client()), jobId, new NewsLines(console))
            : JobWatch.follow(List.of(server.client()), jobId, console.progress());
    console.result(end.tree(), end::words);
    return end.exitCode();
  }
}
