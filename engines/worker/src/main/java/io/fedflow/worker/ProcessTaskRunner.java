package io.fedflow.worker;

import io.fedflow.FedflowBuilder.RunnerParts;
import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.AttemptRunner;
import io.fedflow.job.PartyEvent;
import io.fedflow.job.TaskBody;
import io.fedflow.job.TaskExecution;
import io.fedflow.job.TaskRunner;
import io.fedflow.party.Party;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Runs every part of a task in a Java process of its own, which is killed if it does not stop, may
 * crash and may run out of memory without harm to the site. The process finds the component by its
 * module name among those of the class path; one that is given as an instance is refused with
 * {@code task.isolation}, unless the settings name it. Thread-safe.
 */
public final class ProcessTaskRunner implements TaskRunner {

  private final WorkerSettings settings;
  private final TaskExecution execution;
  private final ExecutorService threads;
  private final ComponentCatalog found = ComponentCatalog.discover();
  private final AttemptRunner attempts;

  /** A runner for a site. */
  public ProcessTaskRunner(WorkerSettings settings, RunnerParts parts) {
    this.settings = settings;
    this.execution = parts.execution();
    this.threads = parts.threads();
    this.attempts =
        new AttemptRunner(execution, this::run, Capabilities.ALL, parts.mailboxes(), threads);
  }

  private TaskOutputs run(TaskBody.Part part) throws Exception {
    return trusted(part.component())
        ? TaskBody.HERE.run(part)
        : WorkerProcess.run(settings, part, threads);
  }

  private boolean trusted(Component component) {
    return settings.inProcess().contains(component.descriptor().module());
  }

  @Override
  public Capabilities capabilities() {
    return attempts.capabilities();
  }

  @Override
  public void start(Work work, Consumer<PartyEvent> ended) {
    requireFound(work);
    attempts.start(work, ended);
  }

  private void requireFound(Work work) {
    String module = work.plan().task(work.task().component()).orElseThrow().module();
    Component own = execution.catalog().find(module).orElseThrow();
    boolean same =
        found.find(module).filter(other -> other.getClass() == own.getClass()).isPresent();
    if (!same && !trusted(own)) {
      throw FedflowException.invalid(
          "task.isolation",
          "module "
              + module
              + " is an instance given to this site, which a worker process cannot find; offer it"
              + " by a ComponentProvider on the class path, or run tasks on threads");
    }
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
