package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
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
import io.fedflow.job.JobRow;
import io.fedflow.model.PipelineModel;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.pipeline.Retention;
import io.fedflow.pipeline.Swept;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TrackingStore.Kind;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.OutputData;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ended jobs left is dropped once it was kept for long enough, and nothing else. */
@Timeout(60)
class EngineRetentionTest {

  private static final Duration DAY = Duration.ofDays(1);

  private final AtomicLong ahead = new AtomicLong();
  private final Gate gate = new Gate();
  private final Stores stores = EngineStores.fresh();
  private final Fedflow site =
      Fedflow.builder()
          .stores(stores)
          .clock(() -> Instant.now().plusMillis(ahead.get()))
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
                            context.log().info("a step");
                            return Jobs.output(1);
                          }),
                      Fake.of(
                          "Waits",
                          context -> {
                            gate.enter(context);
                            return TaskOutputs.none();
                          }))))
          .build();

  @AfterEach
  void close() {
    site.close();
  }

  private String run() {
    Pipeline pipeline = Plans.two();
    pipeline.add("step", "Step");
    JobHandle handle = Await.value(site.submit(pipeline.compile()));
    Await.value(handle.completion());
    Await.until("nothing is live", () -> site.engine().live().isEmpty());
    return handle.jobId();
  }

  private Swept sweep(Map<Kind, Duration> keep, boolean dryRun) {
    return Await.value(site.pipelines().sweep(new Retention(keep), dryRun));
  }

  private static Map<Kind, Duration> all(Duration keep) {
    Map<Kind, Duration> all = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      all.put(kind, keep);
    }
    return all;
  }

  private boolean hasTable(String jobId) {
    OutputData made =
        Await.value(site.tracking().outputs(new TaskId(jobId, "step", 0), GUEST)).get(0);
    return !made.isDropped()
        && Await.value(site.data().find(made.namespace(), made.name())).isPresent();
  }

  private boolean hasMetrics(String jobId) {
    return !Await.value(site.tracking().metrics(new TaskId(jobId, "step", 0), GUEST)).isEmpty();
  }

  private boolean hasLog(String jobId) {
    return !Await.value(site.tracking().log(jobId, GUEST, "", LogLine.Level.DEBUG, 0, 10))
        .isEmpty();
  }

  @Test
  void whatWasKeptForLongEnough_isDropped_whatWasNot_stays() {
    site.data().store(StoreRequest.upload("mine", "table"), Jobs.table(1));
    String old = run();
    ahead.addAndGet(DAY.multipliedBy(3).toMillis());
    String young = run();

    Swept swept = sweep(all(DAY.multipliedBy(2)), false);

    assertThat(swept.jobs()).singleElement().extracting(Swept.Job::jobId).isEqualTo(old);
    Swept.Job job = swept.jobs().get(0);
    assertThat(job.kinds()).isEqualTo(Set.of(Kind.values()));
    assertThat(job.tables()).isEqualTo(2);
    assertThat(job.bytes()).isPositive();
    assertThat(job.kept()).isEmpty();
    assertThat(hasTable(old) || hasMetrics(old) || hasLog(old)).isFalse();
    assertThat(hasTable(young) && hasMetrics(young) && hasLog(young)).isTrue();
    assertThat(Await.value(site.data().find("mine", "table"))).isPresent();
    assertThat(Jobs.views(site, old)).hasSize(2);
    assertThat(sweep(all(DAY.multipliedBy(2)), false).jobs()).isEmpty();
  }

  @Test
  void eachKindHasItsOwnTime() {
    String job = run();
    ahead.addAndGet(DAY.multipliedBy(5).toMillis());

    sweep(Map.of(Kind.METRICS, DAY, Kind.LOGS, DAY.multipliedBy(6)), false);
    assertThat(hasMetrics(job)).isFalse();
    assertThat(hasTable(job) && hasLog(job)).isTrue();

    sweep(Map.of(Kind.OUTPUTS, DAY), false);
    assertThat(hasTable(job)).isFalse();
    assertThat(hasLog(job)).isTrue();

    sweep(Map.of(Kind.LOGS, DAY), false);
    assertThat(hasLog(job)).isFalse();
  }

  @Test
  void aDryRunTellsTheSame_andDropsNothing() {
    String job = run();
    ahead.addAndGet(DAY.toMillis());

    Swept dry = sweep(all(DAY), true);

    assertThat(dry.dryRun()).isTrue();
    assertThat(hasTable(job) && hasMetrics(job) && hasLog(job)).isTrue();
    assertThat(sweep(all(DAY), false).jobs()).isEqualTo(dry.jobs());
  }

  @Test
  void aLiveJobIsLeftAlone() {
    Pipeline pipeline = Plans.two();
    pipeline.add("step", "Step");
    pipeline.add("waits", "Waits").data("step");
    JobHandle live = Await.value(site.submit(pipeline.compile()));
    gate.awaitInside(2);
    ahead.addAndGet(DAY.toMillis());

    assertThat(sweep(all(Duration.ZERO), false).jobs()).isEmpty();

    assertThat(hasTable(live.jobId()) && hasMetrics(live.jobId())).isTrue();
    Await.value(site.pipelines().stop(live.jobId(), "test"));
    assertThat(Await.value(live.completion()).good()).isFalse();
  }

  @Test
  void whatADeployedOrLoadedModelWasMadeFrom_isKept_untilItIsDeleted() {
    String job = run();
    String loaded = run();
    JobRow view = Await.value(site.tracking().jobs(JobQuery.of(job, GUEST))).get(0);
    JobRow other = Await.value(site.tracking().jobs(JobQuery.of(loaded, GUEST))).get(0);
    PipelineModel trained = PipelineModel.trained(view);
    PipelineModel first = trained.deployed("v2", view.dsl(), 1);
    PipelineModel second = first.deployed("v3", view.dsl(), 2);
    Await.value(stores.models().putPipeline(first));
    Await.value(stores.models().putPipeline(second));
    Await.value(stores.models().putPipeline(PipelineModel.trained(other).loaded(3)));
    ahead.addAndGet(DAY.toMillis());

    Swept swept = sweep(all(DAY), false);

    assertThat(swept.jobs())
        .extracting(Swept.Job::kept)
        .anySatisfy(why -> assertThat(why).contains("is deployed"))
        .anySatisfy(why -> assertThat(why).contains(loaded, "is loaded"))
        .hasSize(2);
    assertThat(hasTable(job) && hasMetrics(job) && hasLog(job)).isTrue();
    assertThat(hasTable(loaded)).isTrue();

    Await.value(stores.models().putPipeline(first.deleted(4)));
    assertThat(sweep(all(DAY), true).jobs())
        .extracting(Swept.Job::kept)
        .as("v3 was made of v2, and that of the job")
        .noneMatch(String::isEmpty);
    Await.value(stores.models().putPipeline(second.deleted(5)));
    sweep(all(DAY), false);
    assertThat(hasTable(job) || hasMetrics(job) || hasLog(job)).isFalse();
    assertThat(hasTable(loaded)).isTrue();
  }
}
