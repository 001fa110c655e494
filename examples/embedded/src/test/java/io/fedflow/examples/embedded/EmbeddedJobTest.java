package io.fedflow.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.JobQuery;
import io.fedflow.tracking.MetricValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmbeddedJobTest {

  @Test
  void threePartyJob_trainsAndEvaluatesInProcess() throws Exception {
    try (Fedflow fedflow = Fedflow.builder().build()) {
      JobHandle.Outcome outcome = EmbeddedJob.run(fedflow, Path.of("..", "data"));

      assertThat(outcome.cause()).isEmpty();
      assertThat(outcome.status()).isEqualTo(JobStatus.SUCCESS);
      List<JobRow> views =
          fedflow
              .tracking()
              .jobs(new JobQuery(List.of(), List.of(), List.of(), Set.of(), true, 0, 10))
              .toCompletableFuture()
              .join();
      assertThat(views).hasSize(3).allMatch(row -> row.status() == JobStatus.SUCCESS);
      assertThat(auc(fedflow, views.get(0).jobId())).isGreaterThan(0.98);
    }
  }

  private static double auc(Fedflow fedflow, String jobId) {
    Party guest = Party.of("guest", "9999");
    var task =
        fedflow
            .tracking()
            .latest(jobId, "evaluation_0", guest)
            .toCompletableFuture()
            .join()
            .orElseThrow();
    return fedflow.tracking().metrics(task.task(), guest).toCompletableFuture().join().stream()
        .filter(value -> value.name().equals("lr_0") && value.key().equals("auc"))
        .map(MetricValue::value)
        .mapToDouble(value -> ((Number) value).doubleValue())
        .findFirst()
        .orElseThrow();
  }
}
