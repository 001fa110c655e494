package io.fedflow.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.FedflowBuilder.RunnerParts;
import io.fedflow.job.InProcessTaskRunner;
import io.fedflow.job.TaskRunner;
import org.junit.jupiter.api.Test;

class InProcessTaskRunnerTest extends TaskRunnerContract {

  @Override
  protected TaskRunner newRunner(RunnerParts parts) {
    return new InProcessTaskRunner(parts.execution(), parts.mailboxes(), parts.threads());
  }

  @Test
  void threadsOfOneProcess_isolateNothing() {
    assertThat(world().runner().capabilities()).isEqualTo(TaskRunner.Capabilities.NONE);
  }
}
