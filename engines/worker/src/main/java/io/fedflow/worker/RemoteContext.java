package io.fedflow.worker;

import io.fedflow.component.Checkpoint;
import io.fedflow.component.Component;
import io.fedflow.component.Params;
import io.fedflow.component.TableAccess;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskLog;
import io.fedflow.component.TaskTracker;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.federation.Federation;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelFile;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.worker.Frames.Type;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a component may touch in a worker: its server, through frames, and its own threads. */
final class RemoteContext implements TaskContext, TableAccess, AutoCloseable {

  private final Component component;
  private final Assignment assignment;
  private final Params params;
  private final Answers answers;
  private final RemoteFederation federation;
  private final RemoteReports reports;
  private final ExecutorService compute;
  private final SecureRandom entropy = new SecureRandom();
  private Optional<Checkpoint> restored;

  private RemoteContext(
      Component component, Assignment assignment, Params params, Answers answers, Frames.Out out) {
    this.component = component;
    this.assignment = assignment;
    this.params = params;
    this.answers = answers;
    this.federation = new RemoteFederation(assignment.parties(), answers);
    this.reports = new RemoteReports(out);
    this.compute =
        Executors.newFixedThreadPool(
            assignment.parallelism(),
            work -> {
              Thread thread = new Thread(work, "fedflow-compute");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Resolves the parameters as the server did. */
  static RemoteContext of(
      Component component, Assignment assignment, Answers answers, Frames.Out out) {
    Problems problems = new Problems();
    Params params =
        component
            .descriptor()
            .resolve(assignment.given(), "conf/" + assignment.task().component(), problems);
    problems.throwIfAny();
    return new RemoteContext(component, assignment, params, answers, out);
  }

  Component component() {
    return component;
  }

  @Override
  public TaskId task() {
    return assignment.task();
  }

  @Override
  public Party self() {
    return assignment.self();
  }

  @Override
  public Parties parties() {
    return assignment.parties();
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public TaskInputs inputs() {
    return assignment.inputs();
  }

  @Override
  public Federation federation() {
    return federation;
  }

  @Override
  public TaskTracker tracker() {
    return reports;
  }

  @Override
  public TaskLog log() {
    return reports;
  }

  @Override
  public ExecutorService compute() {
    return compute;
  }

  @Override
  public int parallelism() {
    return assignment.parallelism();
  }

  @Override
  public long seed() {
    return assignment.seed();
  }

  @Override
  public byte[] ownKey() {
    return assignment.ownKey().clone();
  }

  @Override
  public Path scratch() {
    return assignment.scratch();
  }

  @Override
  public SecureRandom entropy() {
    return entropy;
  }

  @Override
  public TableAccess tables() {
    return this;
  }

  @Override
  public Table read(String namespace, String name) {
    return answers.askTable(Type.READ_TABLE, new Packet.Writer().text(namespace).text(name));
  }

  @Override
  public Table readOutput(String jobId, String component, String dataName) {
    return answers.askTable(
        Type.READ_OUTPUT, new Packet.Writer().text(jobId).text(component).text(dataName));
  }

  @Override
  public void checkpoint(int step, byte[] state) {
    Checkpoint checked = new Checkpoint(step, state);
    ask(Type.KEEP, new Packet.Writer().integer(checked.step()), checked.state());
  }

  @Override
  public void keepModel(int step, String name, ComponentModel model) {
    ask(Type.KEEP_MODEL, new Packet.Writer().integer(step).text(name), ModelFile.write(model));
  }

  @Override
  public synchronized Optional<Checkpoint> restored() {
    if (restored == null) {
      Packet.Reader answer = ask(Type.RESTORE, new Packet.Writer(), new byte[0]);
      restored =
          answer.flag()
              ? Optional.of(new Checkpoint(answer.integer(), answer.rest()))
              : Optional.empty();
    }
    return restored;
  }

  private Packet.Reader ask(Type type, Packet.Writer head, byte[] tail) {
    try {
      return answers.ask(type, head, tail);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw FedflowException.cancelled("the task was stopped at a checkpoint");
    }
  }

  @Override
  public void close() {
    compute.shutdownNow();
  }
}
