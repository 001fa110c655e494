package io.fedflow.worker;

import io.fedflow.FedflowBuilder.RunnerParts;
import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.AttemptRunner;
import io.fedflow.job.ForwardingTaskRunner;
import io.fedflow.job.PartyEvent;
import io.fedflow.job.TaskBody;
import io.fedflow.job.TaskExecution;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Runs every part of a task in a Java process of its own, which is killed if it does not stop, may
 * crash and may run out of memory without harm to the site. The process finds the component by its
 * module name among those of the class path; one that is given as an instance is refused with
 * {@code task.isolation}, unless the settings name it. Thread-safe.
 */
public final class ProcessTaskRunner extends ForwardingTaskRunner {

  private final WorkerSettings settings;
  private final TaskExecution execution;
  private final ComponentCatalog found = ComponentCatalog.discover();

  /** A runner for a site. */
  public ProcessTaskRunner(WorkerSettings settings, RunnerParts parts) {
    super(
        new AttemptRunner(
            parts.execution(),
            part -> run(settings, part, parts.threads()),
            Capabilities.ALL,
            parts.mailboxes(),
            parts.threads()));
    this.settings = settings;
    this.execution = parts.execution();
  }

  private static TaskOutputs run(
      WorkerSettings settings, TaskBody.Part part, ExecutorService threads) throws Exception {
    return trusted(settings, part.component())
        ? TaskBody.HERE.run(part)
        : WorkerProcess.run(settings, part, threads);
  }

  private static boolean trusted(WorkerSettings settings, Component component) {
    return settings.inProcess().contains(component.descriptor().module());
  }

  @Override
  public void start(Work work, Consumer<PartyEvent> ended) {
    requireFound(work);
    super.start(work, ended);
  }

  private void requireFound(Work work) {
    String module = work.plan().task(work.task().component()).orElseThrow().module();
    Component own = execution.catalog().find(module).orElseThrow();
    boolean same =
        found.find(module).filter(other -> other.getClass() == own.getClass()).isPresent();
    if (!same && !trusted(settings, own)) {
      throw FedflowException.invalid(
          "task.isolation",
          "module "
              + module
              + " is an instance given to this site, which a worker process cannot find; offer it"
              + " by a ComponentProvider on the class path, or run tasks on threads");
    }
  }
}
