package io.fedflow.server.cli;

import io.fedflow.transport.client.BlockingFlowClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow job query}. */
@Command(name = "query", description = "Shows a job with its tasks, or the newest jobs.")
final class JobQueryCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "JOB", arity = "0..1", description = "the job's id; none for a list")
  private String jobId;

  @Option(
      names = "--limit",
      description = "how many of the newest jobs, default ${DEFAULT-VALUE}",
      defaultValue = "20")
  private int limit;

  @Override
  public Integer call() throws Exception {
    BlockingFlowClient client = server.blocking();
    if (jobId == null) {
      Map<String, Object> jobs = client.jobs(limit);
      console.result(jobs, () -> list(new Tree(jobs).at("jobs").each()));
    } else {
      Map<String, Object> job = client.job(jobId);
      console.result(job, () -> full(new Tree(job)));
    }
    return 0;
  }

  private static String list(List<Tree> jobs) {
    return jobs.isEmpty()
        ? "no jobs yet"
        : String.join("\n", jobs.stream().map(JobQueryCommand::brief).toList());
  }

  private static String brief(Tree job) {
    String cause = job.at("cause").text();
    return String.format(
        "%s  %-8s %3.0f %%%s",
        job.at("job_id").text(),
        job.at("status").text(),
        job.at("progress").number(),
        cause.isEmpty() ? "" : "  " + cause);
  }

  private static String full(Tree job) {
    StringBuilder text = new StringBuilder(brief(job));
    for (Tree task : job.at("tasks").each()) {
      String cause = task.at("cause").text();
      text.append(
          String.format(
              "%n  %-30s %-8s %-8s %-8s%s",
              task.at("component").text(),
              task.at("role").text(),
              task.at("party_id").text(),
              task.at("party_status").text(),
              cause.isEmpty() ? "" : "  " + cause));
    }
    return text.toString();
  }
}
