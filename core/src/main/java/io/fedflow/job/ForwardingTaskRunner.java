package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import java.util.List;
import java.util.function.Consumer;

/**
 * A task runner that asks another one for everything: the base of runners that add to it. Keeps the
 * promises that the other one keeps. Thread-safe like the other one.
 */
public abstract class ForwardingTaskRunner implements TaskRunner {

  private final TaskRunner real;

  /**
   * A runner in front of another.
   *
   * @param real is asked; not null
   */
  protected ForwardingTaskRunner(TaskRunner real) {
    this.real = real;
  }

  /** The runner that is asked. */
  protected final TaskRunner real() {
    return real;
  }

  @Override
  public Capabilities capabilities() {
    return real.capabilities();
  }

  @Override
  public void start(Work work, Consumer<PartyEvent> ended) {
    real.start(work, ended);
  }

  @Override
  public void stop(TaskId task, Party party, String reason) {
    real.stop(task, party, reason);
  }

  @Override
  public List<Stray> strays() {
    return real.strays();
  }

  @Override
  public void expect(String jobId) {
    real.expect(jobId);
  }

  @Override
  public void forget(String jobId) {
    real.forget(jobId);
  }

  @Override
  public void close() {
    real.close();
  }
}
