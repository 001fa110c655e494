package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.client.ComponentAt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job of one local party that stores or restores a model. */
final class ModelJob {

  private final ServerAddress server;
  private final Console console;

  ModelJob(ServerAddress server, Console console) {
    this.server = server;
    this.console = console;
  }

  /**
   * Starts the job and waits for its end.
   *
   * @param component its only one, whose summary tells what was done
   * @param done what was done, for a person
   * @return the exit code
   */
  int run(String route, Map<String, Object> asked, String component, String done) throws Exception {
    Tree answer = new Tree(server.blocking().call(route, asked));
    String jobId = answer.at("jobId").text();
    if (jobId.isEmpty()) {
      // Like FATE's, the route answers well even if the job was refused.
      throw FedflowException.invalid("model.refused", answer.at("data", "message").text());
    }
    JobEnd end = JobWatch.follow(List.of(server.client()), jobId, ProgressView.none());
    if (end.exitCode() != 0) {
      console.result(end.tree(), end::words);
      return end.exitCode();
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("job_id", jobId);
    told.putAll(server.blocking().summary(new ComponentAt(jobId, component, "local", "0")));
    console.result(
        told,
        () ->
            done
                + ' '
                + asked.get("model_id")
                + ' '
                + asked.get("model_version")
                + " of "
                + asked.get("role")
                + ':'
                + asked.get("party_id")
                + ", SHA-256 "
                + told.get("sha256"));
    return 0;
  }
}
