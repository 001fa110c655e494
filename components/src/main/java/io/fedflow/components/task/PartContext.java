package io.fedflow.components.task;

import io.fedflow.component.Checkpoint;
import io.fedflow.component.Params;
import io.fedflow.component.TableAccess;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskLog;
import io.fedflow.component.TaskTracker;
import io.fedflow.federation.Federation;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * A task inside a task: a fold of a cross-validation, one class of several, one choice of columns.
 * What runs in it sees a whole task. Its messages and metrics carry the name of the part; its
 * summary stays here; it keeps no checkpoint and no model. Every party has to name its parts alike.
 * Parts may hold parts. As safe for several threads as the task.
 */
public final class PartContext implements TaskContext {

  private final TaskContext whole;
  private final TaskInputs inputs;
  private final Federation federation;
  private final PartTracker tracker;

  /**
   * A part that has not begun.
   *
   * @param inputs what the part reads instead of the task's inputs
   */
  public PartContext(TaskContext whole, Part part, TaskInputs inputs) {
    this.whole = whole;
    this.inputs = inputs;
    this.federation = new PartFederation(whole.federation(), part.name());
    this.tracker = new PartTracker(whole.tracker(), part);
  }

  /** The part's summary; empty if it reported none. */
  public Map<String, Object> summary() {
    return tracker.summary();
  }

  @Override
  public TaskId task() {
    return whole.task();
  }

  @Override
  public Party self() {
    return whole.self();
  }

  @Override
  public Parties parties() {
    return whole.parties();
  }

  @Override
  public Params params() {
    return whole.params();
  }

  @Override
  public TaskInputs inputs() {
    return inputs;
  }

  @Override
  public Federation federation() {
    return federation;
  }

  @Override
  public TaskTracker tracker() {
    return tracker;
  }

  @Override
  public TaskLog log() {
    return whole.log();
  }

  @Override
  public ExecutorService compute() {
    return whole.compute();
  }

  @Override
  public int parallelism() {
    return whole.parallelism();
  }

  @Override
  public long seed() {
    return whole.seed();
  }

  @Override
  public byte[] ownKey() {
    return whole.ownKey();
  }

  @Override
  public Path scratch() {
    return whole.scratch();
  }

  @Override
  public SecureRandom entropy() {
    return whole.entropy();
  }

  @Override
  public TableAccess tables() {
    return whole.tables();
  }

  /** Keeps nothing: an attempt that goes on begins with the first part. */
  @Override
  public void checkpoint(int step, byte[] state) {}

  /** Keeps nothing: steps of several parts would take each other's place. */
  @Override
  public void keepModel(int step, String name, ComponentModel model) {}

  @Override
  public Optional<Checkpoint> restored() {
    return Optional.empty();
  }

  @Override
  public void checkStopped() throws InterruptedException {
    whole.checkStopped();
  }
}
