package io.fedflow.server.cli;

import io.fedflow.transport.client.FlowClient;
import io.fedflow.transport.client.TaskFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedflow flow test toy}. */
@Command(
    name = "toy",
    description = "Tests whether a guest and a host can work together, by a job without tables.")
final class FlowToyCommand implements Callable<Integer> {

  private static final Set<String> ENDS = Set.of("success", "failed", "canceled", "timeout");

  /** The job takes less at a near server; at a far one nobody minds a second. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** What the guest's lines of the log begin with. */
  private static final String GUEST_LINE = "secure_add_guest";

  @Mixin private ServerAddress server;
  @Mixin private Console console;
  @Mixin private GuestAndHost parties;

  @Option(
      names = "--timeout",
      defaultValue = "300",
      description = "how many seconds the job may take, default ${DEFAULT-VALUE}")
  private int timeout;

  @Option(
      names = "--task-cores",
      defaultValue = "2",
      description = "cores of each task, default ${DEFAULT-VALUE}")
  private int taskCores;

  @Option(
      names = {"-o", "--output-path"},
      defaultValue = "logs/toy",
      description = "the folder for the job's log, default ${DEFAULT-VALUE}")
  private Path output;

  @Override
  public Integer call() throws Exception {
    FlowClient client = server.flow();
    String jobId =
        client
            .job()
            .submit(ToyJob.conf(parties.guest(), parties.host(), taskCores), ToyJob.dsl())
            .await()
            .checked()
            .jobId();
    console.say("job " + jobId);
    String status = ended(client, jobId);
    Path logs = client.job().log(jobId, output).await().resolve("guest").resolve(parties.guest());
    boolean failed = status.equals("failed");
    List<String> lines = lines(logs.resolve(failed ? "ERROR.log" : "INFO.log"), !failed);
    lines.forEach(console::say);
    if (!ENDS.contains(status)) {
      console.say(
          "the job has not ended after " + timeout + " s; see ./fedflow job explain " + jobId);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("jobId", jobId);
    result.put("status", status);
    result.put("log", lines);
    console.result(result);
    return status.equals("success") ? 0 : 1;
  }

  /** Tells each status; gives the last. */
  private String ended(FlowClient client, String jobId) throws InterruptedException {
    long begun = System.nanoTime();
    long patience = Duration.ofSeconds(timeout).toNanos();
    String status = "";
    Duration pause = FIRST_PAUSE;
    while (!ENDS.contains(status) && System.nanoTime() - begun < patience) {
      if (!status.isEmpty()) {
        Thread.sleep(pause.toMillis());
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
      }
      TaskFilter asked = TaskFilter.job(jobId).at("guest", parties.guest());
      Tree rows = new Tree(client.job().query(asked).await().checked().data());
      String now = rows.at(0).at("f_status").text();
      if (!now.equals(status)) {
        console.say("toy test job " + jobId + " is " + now);
        status = now;
      }
    }
    return status;
  }

  /** A job that never ran has no such file. */
  private static List<String> lines(Path log, boolean onlyGuest) throws IOException {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> !onlyGuest || line.contains(GUEST_LINE)).toList();
    }
  }
}
