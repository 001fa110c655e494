package io.fedflow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.FedflowBuilder.RunnerParts;
import io.fedflow.job.TaskRunner;
import io.fedflow.testkit.runner.RunnerWorld;
import io.fedflow.testkit.runner.TaskRunnerContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Worker processes keep every promise of runners, crash and memory isolation included. */
class ProcessTaskRunnerTest extends TaskRunnerContract {

  @Override
  protected TaskRunner newRunner(RunnerParts parts) {
    return new ProcessTaskRunner(
        WorkerSettings.likeThisProcess().withMemory("64m").withGrace(Duration.ofMillis(300)),
        parts);
  }

  @Test
  void whatAComponentPrints_isInTheLogOfItsTask() throws Exception {
    assertThat(world().run(RunnerWorld.work(0, "print from the component")).cause()).isEmpty();
    assertThat(log()).contains("from the component");
    assertThat(log()).anyMatch(line -> line.matches("worker process [0-9]+ runs after [0-9]+ ms"));
  }

  @Test
  void processesIsolateEverything() {
    assertThat(world().runner().capabilities()).isEqualTo(TaskRunner.Capabilities.ALL);
  }
}
