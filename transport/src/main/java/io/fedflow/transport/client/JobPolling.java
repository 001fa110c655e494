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
import java.util.function.Supplier;

/** Asks for a job's status until it ended: all that FATE's routes offer. Thread-safe. */
final class JobPolling {

  private final Supplier<CompletionStage<Answer>> question;
  private final Duration pause;
  private final String jobId;
  private final CompletableFuture<End> end = new CompletableFuture<>();

  /** Asks for the job's record at its initiator. */
  JobPolling(FlowClient client, Duration pause, String jobId, Party initiator) {
    this(
        () ->
            client
                .job()
                .query(TaskFilter.job(jobId).at(initiator.role().name(), initiator.id()))
                .stage(),
        pause,
        jobId);
  }

  /**
   * Asks a question whose answer has the job's records, the initiator's or all that there are.
   *
   * @param question sends the request each time
   */
  JobPolling(Supplier<CompletionStage<Answer>> question, Duration pause, String jobId) {
    this.question = question;
    this.pause = pause;
    this.jobId = jobId;
  }

  CompletionStage<End> ended() {
    ask();
    return end.minimalCompletionStage();
  }

  /** Asks no more. */
  void stop() {
    end.completeExceptionally(FedflowException.cancelled("no longer asking for the job"));
  }

  private void ask() {
    if (end.isDone()) {
      return;
    }
    question
        .get()
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
    Map<String, Object> row =
        answer.rows().stream()
            .filter(each -> Boolean.TRUE.equals(each.get("f_is_initiator")))
            .findFirst()
            .orElse(answer.rows().get(0));
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
