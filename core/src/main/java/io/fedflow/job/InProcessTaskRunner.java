package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Mailboxes;
import io.fedflow.party.Party;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Runs tasks on threads of this process. Stopping interrupts and fences: a component that does not
 * react keeps its thread, without effect, and is told by {@link #strays}. There is no crash or
 * memory isolation. Thread-safe.
 */
public final class InProcessTaskRunner implements TaskRunner {

  private final AttemptRunner attempts;

  /**
   * A runner.
   *
   * @param execution what one part does
   * @param threads gives every part a thread at once; owned by the caller
   */
  public InProcessTaskRunner(
      TaskExecution execution, Mailboxes mailboxes, ExecutorService threads) {
    this.attempts =
        new AttemptRunner(execution, TaskBody.HERE, Capabilities.NONE, mailboxes, threads);
  }

  @Override
  public Capabilities capabilities() {
    return attempts.capabilities();
  }

  @Override
  public void start(Work work, Consumer<PartyEvent> ended) {
    attempts.start(work, ended);
  }

  @Override
  public void stop(TaskId task, Party party, String reason) {
    attempts.stop(task, party, reason);
  }

  @Override
  public List<Stray> strays() {
    return attempts.strays();
  }

  @Override
  public void expect(String jobId) {
    attempts.expect(jobId);
  }

  @Override
  public void forget(String jobId) {
    attempts.forget(jobId);
  }

  @Override
  public void close() {
    attempts.close();
  }
}
