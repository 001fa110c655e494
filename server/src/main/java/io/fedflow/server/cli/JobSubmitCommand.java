package io.fedflow.server.cli;

import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.Submission;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedflow job submit}. */
@Command(name = "submit", description = "Submits a job and, with --wait, follows it to its end.")
final class JobSubmitCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Option(
      names = {"-d", "--dsl"},
      paramLabel = "FILE",
      description = "the DSL; none for a prediction")
  private Path dsl;

  @Option(
      names = {"-c", "--conf"},
      paramLabel = "FILE",
      required = true,
      description = "the runtime conf")
  private Path conf;

  @Option(names = "--wait", description = "wait for the end")
  private boolean wait;

  @Override
  public Integer call() throws Exception {
    FlowHttpClient client = server.client();
    Submission accepted =
        client
            .blocking()
            .submit(dsl == null ? Map.of() : Documents.read(dsl), Documents.read(conf));
    if (!accepted.message().equals("success")) {
      console.say(accepted.message());
    }
    if (!wait) {
      console.result(tree(accepted), () -> "job " + accepted.jobId() + "\n" + accepted.boardUrl());
      return 0;
    }
    console.say("job " + accepted.jobId() + ", " + accepted.boardUrl());
    JobEnd end = JobWatch.follow(List.of(client), accepted.jobId(), console.progress());
    console.result(end.tree(), end::words);
    return end.exitCode();
  }

  private static Map<String, Object> tree(Submission accepted) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("jobId", accepted.jobId());
    tree.put("modelId", accepted.modelId());
    tree.put("modelVersion", accepted.modelVersion());
    tree.put("boardUrl", accepted.boardUrl());
    tree.put("message", accepted.message());
    return tree;
  }
}
