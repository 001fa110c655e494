package io.fedflow.worker;

import io.fedflow.FedflowBuilder.RunnerParts;
import io.fedflow.job.TaskRunner;
import io.fedflow.testkit.runner.TaskRunnerContract;
import java.time.Duration;

/** Worker processes keep every promise of runners, crash and memory isolation included. */
class ProcessTaskRunnerTest extends TaskRunnerContract {

  @Override
  protected TaskRunner newRunner(RunnerParts parts) {
    return new ProcessTaskRunner(
        WorkerSettings.likeThisProcess().withMemory("64m").withGrace(Duration.ofMillis(300)),
        parts);
  }
}
