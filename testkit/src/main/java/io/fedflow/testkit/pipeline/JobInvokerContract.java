package io.fedflow.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.ProblemsException;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.JobInvoker;
import io.fedflow.spi.JobInvoker.Deployed;
import io.fedflow.spi.JobInvoker.Invoked;
import io.fedflow.spi.JobInvoker.ModelVersion;
import io.fedflow.spi.JobInvoker.Part;
import io.fedflow.spi.JobInvoker.Rows;
import io.fedflow.spi.JobInvoker.StoredTable;
import io.fedflow.spi.JobQuery;
import io.fedflow.testkit.stage.Await;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The promises of {@link JobInvoker}; each test cites the one that it checks. */
@Timeout(120)
public abstract class JobInvokerContract {

  private static final Party GUEST = new Party(Role.GUEST, "9999");

  private InvokerWorld world;

  /** A fresh world whose site runs these components. */
  protected abstract InvokerWorld world(ComponentCatalog catalog) throws Exception;

  @BeforeEach
  final void open() throws Exception {
    world = world(InvokedComponents.catalog());
  }

  @AfterEach
  final void close() {
    world.close();
  }

  private static JobDocuments documents(String module) {
    Pipeline pipeline = new Pipeline().party(Role.GUEST, "9999").party(Role.HOST, "10000");
    pipeline.add("first", module);
    pipeline.add("second", InvokedComponents.IDLE).data("first");
    return pipeline.compile();
  }

  private Invoked submit(String module) {
    JobDocuments documents = documents(module);
    return Await.value(world.invoker().submit(documents.dsl(), documents.conf()));
  }

  private Invoked ended(String module) {
    Invoked job = submit(module);
    Await.value(world.invoker().completion(job.jobId(), GUEST));
    return job;
  }

  private long jobs() {
    JobQuery coordinated =
        new JobQuery(List.of(), List.of("guest"), List.of(), Set.of(), false, 0, 100);
    return Await.value(world.site().tracking().countJobs(coordinated));
  }

  @Test
  @DisplayName("I1 a submit makes one job, with the ids that the site gave")
  void submit_makesOneJob() {
    Invoked job = submit(InvokedComponents.MAKE);
    assertThat(jobs()).isEqualTo(1);
    var row = Await.value(world.site().tracking().jobs(JobQuery.of(job.jobId(), GUEST))).get(0);
    assertThat(job.model().modelId()).isEqualTo(row.modelId());
    assertThat(job.model().version()).isEqualTo(row.modelVersion());
  }

  @Test
  @DisplayName("I2 documents that cannot run are refused with all problems")
  void wrongDocuments_areRefused() {
    JobDocuments wrong = documents("Nothing");
    var failure = Await.failure(world.invoker().submit(wrong.dsl(), wrong.conf()));
    assertThat(failure).isInstanceOf(ProblemsException.class).hasMessageContaining("Nothing");
    assertThat(jobs()).isZero();
  }

  @Test
  @DisplayName("I3 completion tells how a job ended, and tells it again")
  void completion_tellsTheEnd() {
    Invoked good = submit(InvokedComponents.MAKE);
    var first = Await.value(world.invoker().completion(good.jobId(), GUEST));
    assertThat(first.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(Await.value(world.invoker().completion(good.jobId(), GUEST))).isEqualTo(first);
    Invoked ill = submit(InvokedComponents.FAIL);
    var end = Await.value(world.invoker().completion(ill.jobId(), GUEST));
    assertThat(end.status()).isEqualTo(JobStatus.FAILED);
    assertThat(end.cause()).contains("it fails as it was told");
  }

  @Test
  @DisplayName("I4 what components made can be read after the end")
  void results_canBeRead() {
    JobInvoker invoker = world.invoker();
    Part first = new Part(ended(InvokedComponents.MAKE).jobId(), "first", GUEST);
    assertThat(Await.value(invoker.summary(first))).isEqualTo(Map.of("rows", 3));
    assertThat(Await.value(invoker.modelParameters(first)))
        .isEqualTo(Map.of("bestWeight", List.of(1.5, -2.0)));
    StoredTable table = Await.value(invoker.outputTables(first)).get("data");
    assertThat(world.site().data().read(table.namespace(), table.name()).rowCount()).isEqualTo(3);
    List<List<String>> rows =
        List.of(List.of("r0", "0.5"), List.of("r1", "1.5"), List.of("r2", "2.5"));
    assertThat(Await.value(invoker.outputData(first, -1)))
        .isEqualTo(Map.of("data", new Rows(List.of("id", "x"), rows)));
    assertThat(Await.value(invoker.outputData(first, 2)))
        .isEqualTo(Map.of("data", new Rows(List.of("id", "x"), rows.subList(0, 2))));
  }

  @Test
  @DisplayName("I5 what a component did not make reads as empty")
  void whatWasNotMade_isEmpty() {
    JobInvoker invoker = world.invoker();
    Part second = new Part(ended(InvokedComponents.MAKE).jobId(), "second", GUEST);
    assertThat(Await.value(invoker.summary(second))).isEmpty();
    assertThat(Await.value(invoker.modelParameters(second))).isEmpty();
    assertThat(Await.value(invoker.outputTables(second))).isEmpty();
    assertThat(Await.value(invoker.outputData(second, -1))).isEmpty();
  }

  @Test
  @DisplayName("I6 a deployed version predicts, and is another one than the trained")
  void deployedVersions_predict() {
    JobInvoker invoker = world.invoker();
    Invoked trained = ended(InvokedComponents.MAKE);
    Deployed made = Await.value(invoker.deploy(trained.model(), List.of("first")));
    assertThat(made.model().modelId()).isEqualTo(trained.model().modelId());
    assertThat(made.model().version()).isNotEqualTo(trained.model().version());
    assertThat(((Map<?, ?>) made.dsl().get("components")).keySet().toString()).isEqualTo("[first]");
    Deployed given = Await.value(invoker.deployDsl(trained.model(), made.dsl()));
    assertThat(given.dsl()).isEqualTo(made.dsl());
    for (Deployed version : List.of(made, given)) {
      Invoked predicting =
          Await.value(invoker.submit(documents("Nothing").dsl(), predictConf(version)));
      assertThat(predicting.model()).isEqualTo(version.model());
      assertThat(Await.value(invoker.completion(predicting.jobId(), GUEST)).status())
          .isEqualTo(JobStatus.SUCCESS);
    }
    ModelVersion unknown = new ModelVersion(trained.model().modelId(), "nope");
    assertThat(Await.failure(invoker.deploy(unknown, List.of("first")))).isNotNull();
    assertThat(Await.failure(invoker.deploy(trained.model(), List.of("nope"))))
        .hasMessageContaining("nope");
  }

  private static Map<String, Object> predictConf(Deployed version) {
    Map<String, Object> parameters =
        Map.of(
            "job_type",
            "predict",
            "model_id",
            version.model().modelId(),
            "model_version",
            version.model().version());
    return Map.of("dsl_version", 2, "job_parameters", Map.of("common", parameters));
  }
}
