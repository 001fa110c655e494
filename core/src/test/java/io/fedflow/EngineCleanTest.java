package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TaskQuery;
import io.fedflow.tracking.OutputData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ended jobs whose outputs, metrics and checkpoints are dropped. */
@Timeout(60)
class EngineCleanTest {

  private final AtomicBoolean broken = new AtomicBoolean();
  private final Gate gate = new Gate();
  private final Stores stores = EngineStores.fresh();
  private final Fedflow site =
      Fedflow.builder()
          .stores(stores)
          .components(
              new ComponentCatalog(
                  List.of(
                      Fake.of(
                          "Step",
                          context -> {
                            context
                                .tracker()
                                .metric(
                                    "train", "loss", List.of(new TaskTracker.MetricPoint(1, 0.5)));
                            return Jobs.output(1);
                          }),
                      Fake.of(
                          "Sum",
                          context -> {
                            if (broken.get()) {
                              throw new IllegalStateException("broken");
                            }
                            return Jobs.output(
                                context.inputs().first("data").orElseThrow().numbers("x"));
                          }),
                      Fake.of(
                          "Waits",
                          context -> {
                            gate.enter(context);
                            return TaskOutputs.none();
                          }))))
          .build();

  private static Pipeline pipeline() {
    Pipeline pipeline = Plans.two();
    pipeline.add("step", "Step");
    pipeline.add("sum", "Sum").data("step");
    return pipeline;
  }

  private String run(Pipeline pipeline) {
    JobHandle handle = Await.value(site.submit(pipeline.compile()));
    Await.value(handle.completion());
    return handle.jobId();
  }

  private Map<String, String> clean(String jobId) {
    return clean(jobId, List.of(), List.of());
  }

  private Map<String, String> clean(String jobId, List<String> components, List<String> roles) {
    return Await.value(
            site.pipelines()
                .clean(
                    new TaskQuery(
                        List.of(jobId),
                        components,
                        roles,
                        List.of(),
                        Set.of(),
                        Set.of(),
                        false,
                        0,
                        1_000)))
        .outcomes();
  }

  private OutputData output(String jobId, String component, Party party) {
    return Await.value(site.tracking().outputs(new TaskId(jobId, component, 0), party)).get(0);
  }

  private boolean isStored(OutputData output) {
    return Await.value(site.data().find(output.namespace(), output.name())).isPresent();
  }

  private int metrics(String jobId, Party party) {
    return Await.value(site.tracking().metrics(new TaskId(jobId, "step", 0), party)).size();
  }

  @Test
  void anEndedJobIsCleanedAndNothingElse() {
    try (site) {
      site.data().store(StoreRequest.upload("mine", "table"), Jobs.table(1));
      String jobId = run(pipeline());
      String other = run(pipeline());
      OutputData made = output(jobId, "step", HOST);
      assertThat(isStored(made)).isTrue();
      assertThat(metrics(jobId, HOST)).isEqualTo(1);
      assertThat(clean(jobId)).isEqualTo(Map.of(jobId, ""));
      assertThat(isStored(made)).isFalse();
      assertThat(output(jobId, "step", HOST).isDropped()).isTrue();
      assertThat(metrics(jobId, HOST)).isZero();
      assertThat(Jobs.parts(site, jobId)).hasSize(4);
      assertThat(isStored(output(other, "step", HOST))).isTrue();
      assertThat(metrics(other, HOST)).isEqualTo(1);
      assertThat(Await.value(site.data().find("mine", "table"))).isPresent();
      assertThat(clean(jobId)).isEqualTo(Map.of(jobId, ""));
      assertThat(clean("unknown")).isEmpty();
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
    }
  }

  @Test
  void onlyWhatMatchesIsCleaned() {
    try (site) {
      String jobId = run(pipeline());
      clean(jobId, List.of("step"), List.of("host"));
      assertThat(output(jobId, "step", HOST).isDropped()).isTrue();
      assertThat(isStored(output(jobId, "step", GUEST))).isTrue();
      assertThat(isStored(output(jobId, "sum", HOST))).isTrue();
    }
  }

  @Test
  void aLiveJobIsRefusedByName() {
    try (site) {
      Pipeline waits = pipeline();
      waits.add("waits", "Waits").data("sum");
      JobHandle handle = Await.value(site.submit(waits.compile()));
      gate.awaitInside(2);
      assertThat(clean(handle.jobId()).get(handle.jobId()))
          .contains(handle.jobId())
          .contains("is RUNNING");
      assertThat(isStored(output(handle.jobId(), "step", HOST))).isTrue();
    }
  }

  @Test
  void whatALiveJobReadsStays() {
    try (site) {
      String jobId = run(pipeline());
      Pipeline reader = Plans.two();
      reader.add("waits", "Waits").set("note", "output_data_" + jobId + "_step_0");
      JobHandle handle = Await.value(site.submit(reader.compile()));
      gate.awaitInside(2);
      assertThat(clean(jobId).get(jobId)).contains("is read by job " + handle.jobId());
      assertThat(isStored(output(jobId, "step", HOST))).isTrue();
      Await.value(site.pipelines().stop(handle.jobId(), "me"));
      Await.value(handle.completion());
      assertThat(clean(jobId)).isEqualTo(Map.of(jobId, ""));
    }
  }

  @Test
  void aTableThatAnotherJobListsStaysUntilThatIsCleanedToo() {
    try (site) {
      String jobId = run(pipeline());
      String heir = run(pipeline());
      OutputData shared = output(jobId, "step", HOST);
      Await.value(stores.tracking().putOutputs(new TaskId(heir, "step", 0), HOST, List.of(shared)));
      clean(jobId);
      assertThat(isStored(shared)).isTrue();
      clean(heir);
      assertThat(isStored(shared)).isFalse();
    }
  }

  @Test
  void aCleanedJobRunsAgainOnlyFromWhatItStillHas() {
    try (site) {
      broken.set(true);
      String jobId = run(pipeline());
      Jobs.awaitAll(site, jobId, JobStatus.FAILED);
      clean(jobId);
      broken.set(false);
      assertThat(Await.failure(site.pipelines().rerun(jobId, List.of(), false, "me")))
          .hasMessageContaining("outputs of step were dropped")
          .hasMessageContaining("force");
      Await.until(
          "every party knows why",
          () ->
              Jobs.views(site, jobId).stream()
                  .allMatch(row -> row.round() == 1 && row.cause().contains("force")));
      Await.value(site.pipelines().rerun(jobId, List.of(), true, "me"));
      Jobs.awaitAll(site, jobId, JobStatus.SUCCESS);
    }
  }
}
