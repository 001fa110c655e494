package io.fedflow.transport.client;

import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.JobInvoker.End;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Asks for a job's status until it ended: all that FATE's routes offer. Thread-safe. */
final class JobPolling {

  private final FlowClient client;
  private final Duration pause;
  private final String jobId;
  private final TaskFilter filter;
  private final CompletableFuture<End> end = new CompletableFuture<>();

  JobPolling(FlowClient client, Duration pause, String jobId, Party initiator) {
    this.client = client;
    this.pause = pause;
    this.jobId = jobId;
    this.filter = TaskFilter.job(jobId).at(initiator.role().name(), initiator.id());
  }

  CompletionStage<End> ended() {
    ask();
    return end.minimalCompletionStage();
  }

  private void ask() {
    client
        .job()
        .query(filter)
        .stage()
        .thenAccept(answer -> look(answer.checked()))
        .exceptionally(
            failure -> {
              end.completeExceptionally(ClientFailures.unwrap(failure));
              return null;
            });
  }

  private void look(Answer answer) {
    if (answer.rows().isEmpty()) {
      throw FedflowException.invalid("job.unknown", "the server does not know the job " + jobId);
    }
    Map<String, Object> row = answer.rows().get(0);
    String text = Trees.text(row.get("f_status"));
    Optional<JobStatus> status = JobStatus.of(text);
    if (status.isEmpty()) {
      throw FedflowException.peer(
          "server.strange", "f_status: found '" + text + "', expected a job's status");
    }
    if (status.get().terminal()) {
      end.complete(new End(status.get(), Trees.text(row.get("f_error_report"))));
    } else {
      CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS).execute(this::ask);
    }
  }
}
