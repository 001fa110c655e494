package io.fedflow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A component that no worker can find. */
@Timeout(60)
class IsolationTest {

  private static final class Own implements Component {
    @Override
    public ComponentDescriptor descriptor() {
      return new ComponentDescriptor("Own", Set.of(Role.GUEST), ParameterSchema.empty(), List.of());
    }

    @Override
    public TaskOutputs run(TaskContext context) {
      return TaskOutputs.none();
    }
  }

  @Test
  void anInstanceGivenToTheSite_isRefused() throws Exception {
    JobHandle.Outcome outcome = run(WorkerSettings.likeThisProcess());
    assertThat(outcome.status()).isEqualTo(JobStatus.FAILED);
    assertThat(outcome.cause())
        .contains("own_0 could not start", "module Own is an instance given to this site");
  }

  @Test
  void anInstanceThatTheHostTrusts_runsInItsProcess() throws Exception {
    JobHandle.Outcome outcome = run(WorkerSettings.likeThisProcess().withInProcess(Set.of("Own")));
    assertThat(outcome.status()).as(outcome.cause()).isEqualTo(JobStatus.SUCCESS);
  }

  private static JobHandle.Outcome run(WorkerSettings settings) throws Exception {
    try (Fedflow site =
        Fedflow.builder()
            .components(new ComponentCatalog(List.of(new Own())))
            .runner(parts -> new ProcessTaskRunner(settings, parts))
            .build()) {
      Pipeline pipeline = new Pipeline().party(Role.GUEST, "1").party(Role.HOST, "2");
      pipeline.add("own_0", "Own");
      return site.submit(pipeline.compile())
          .thenCompose(JobHandle::completion)
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    }
  }
}
