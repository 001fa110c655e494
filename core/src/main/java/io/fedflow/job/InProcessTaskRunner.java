package io.fedflow.job;

import io.fedflow.federation.Mailboxes;
import java.util.concurrent.ExecutorService;

/**
 * Runs tasks on threads of this process. Stopping interrupts and fences: a component that does not
 * react keeps its thread, without effect, and is told by {@link #strays}. There is no crash or
 * memory isolation. Thread-safe.
 */
public final class InProcessTaskRunner extends ForwardingTaskRunner {

  /**
   * A runner.
   *
   * @param execution what one part does
   * @param threads gives every part a thread at once; owned by the caller
   */
  public InProcessTaskRunner(
      TaskExecution execution, Mailboxes mailboxes, ExecutorService threads) {
    super(new AttemptRunner(execution, TaskBody.HERE, Capabilities.NONE, mailboxes, threads));
  }
}
