package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.pipeline.Cache;
import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.Data;
import io.fedflow.pipeline.Model;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.pipeline.PipelineComponent;
import io.fedflow.pipeline.Retention;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TaskQuery;
import io.fedflow.spi.TrackingStore.Kind;
import io.fedflow.tracking.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Caches that tasks keep for later tasks, of the same job and of others. */
@Timeout(60)
class EngineCachesTest {

  private static final ComponentOutputs CACHE = new ComponentOutputs(List.of(), false, true);

  private final AtomicLong ahead = new AtomicLong();
  private final List<String> read = new CopyOnWriteArrayList<>();
  private final List<String> secrets = new CopyOnWriteArrayList<>();
  private final Stores stores = EngineStores.fresh();
  private final Fedflow site =
      Fedflow.builder()
          .stores(stores)
          .clock(() -> Instant.now().plusMillis(ahead.get()))
          .components(
              new ComponentCatalog(
                  List.of(
                      Fake.of("Table", context -> Jobs.output(1)),
                      Fake.of("Keep", this::keep),
                      Fake.of("Take", this::take))))
          .build();

  private TaskOutputs keep(TaskContext context) {
    if (context.params().text("note").equals("nothing")) {
      return TaskOutputs.none();
    }
    String secret = "secret of " + context.self() + " in " + context.task();
    secrets.add(secret);
    byte[] content = secret.getBytes(StandardCharsets.UTF_8);
    return TaskOutputs.of(new TaskCache("Keep", "key-" + context.self().role(), content));
  }

  private TaskOutputs take(TaskContext context) {
    TaskCache cache = context.inputs().cacheOf("Keep").orElseThrow();
    read.add(new String(cache.content(), StandardCharsets.UTF_8));
    return TaskOutputs.none();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private static Pipeline keeping(String note) {
    Pipeline pipeline = Plans.two();
    PipelineComponent keep = new PipelineComponent("keep", "Keep", CACHE);
    keep.parameter("note", note);
    pipeline.addComponent(new PipelineComponent("table", "Table", ComponentOutputs.DATA));
    pipeline.addComponent(keep, Data.of("table.data"));
    return pipeline;
  }

  private static Pipeline taking(Pipeline pipeline, String from) {
    pipeline.addComponent(
        new PipelineComponent("take", "Take", ComponentOutputs.NONE),
        Data.none(),
        Model.none(),
        Cache.of(from + ".cache"));
    return pipeline;
  }

  private static Pipeline loading(Map<String, String> params) {
    Pipeline pipeline = Plans.two();
    PipelineComponent loader = new PipelineComponent("loader", "CacheLoader", CACHE);
    params.forEach(loader::parameter);
    pipeline.addComponent(loader);
    return taking(pipeline, "loader");
  }

  private JobHandle run(Pipeline pipeline, JobStatus status) {
    JobHandle handle = Await.value(site.submit(pipeline.compile()));
    assertThat(Await.value(handle.completion()).status()).isEqualTo(status);
    Await.until("nothing is live", () -> site.engine().live().isEmpty());
    return handle;
  }

  private String causeOf(Pipeline pipeline) {
    String jobId = run(pipeline, JobStatus.FAILED).jobId();
    StringBuilder causes = new StringBuilder();
    for (TaskRow row : Jobs.parts(site, jobId)) {
      causes.append(row.cause()).append('\n');
    }
    return causes.toString();
  }

  private TaskQuery all(String jobId) {
    return new TaskQuery(
        List.of(jobId), List.of(), List.of(), List.of(), Set.of(), Set.of(), false, 0, 100);
  }

  private static Map<String, String> named(String jobId) {
    return Map.of("job_id", jobId, "component_name", "keep", "cache_name", "cache");
  }

  @Test
  void eachPartyIsGivenItsOwnCache_withinAJob() {
    run(taking(keeping(""), "keep"), JobStatus.SUCCESS);
    assertThat(read).hasSize(2).containsExactlyInAnyOrderElementsOf(secrets);
  }

  @Test
  void aLaterJobLoadsIt_byNameOrKey_andOnceMoreFromTheLoader() {
    String jobId = run(keeping(""), JobStatus.SUCCESS).jobId();
    String second = run(loading(named(jobId)), JobStatus.SUCCESS).jobId();
    assertThat(read).hasSize(2).containsExactlyInAnyOrderElementsOf(secrets);

    Pipeline byKey = Plans.two();
    PipelineComponent loader = new PipelineComponent("loader", "CacheLoader", CACHE);
    loader.parameter("job_id", second);
    loader.parameter("component_name", "loader");
    loader.at(GUEST).set("cache_key", "key-guest");
    loader.at(HOST).set("cache_key", "key-host");
    byKey.addComponent(loader);
    run(taking(byKey, "loader"), JobStatus.SUCCESS);
    assertThat(read).hasSize(4);
    assertThat(Set.copyOf(read)).isEqualTo(Set.copyOf(secrets));
  }

  @Test
  void whatCannotBeFound_isRefusedByName() {
    String jobId = run(keeping(""), JobStatus.SUCCESS).jobId();
    assertThat(
            causeOf(loading(Map.of("job_id", "2020", "component_name", "keep", "cache_name", "c"))))
        .contains("job 2020 has no component keep");
    assertThat(
            causeOf(
                loading(Map.of("job_id", jobId, "component_name", "keep", "cache_name", "other"))))
        .contains("cache_name other")
        .contains("cache with the key key-");
    assertThat(
            causeOf(
                loading(Map.of("job_id", jobId, "component_name", "keep", "cache_key", "wrong"))))
        .contains("cache_key wrong");
    assertThat(
            causeOf(
                loading(Map.of("job_id", jobId, "component_name", "table", "cache_name", "cache"))))
        .contains("keeps no cache");
    assertThat(read).isEmpty();
  }

  @Test
  void aTaskWhoseCacheWasNotMade_fails() {
    assertThat(causeOf(taking(keeping("nothing"), "keep"))).contains("keep keeps no cache cache");
    assertThat(read).isEmpty();
  }

  @Test
  void cleaningAJob_dropsItsCaches() {
    String jobId = run(keeping(""), JobStatus.SUCCESS).jobId();
    assertThat(Await.value(site.pipelines().clean(all(jobId))).outcomes())
        .isEqualTo(Map.of(jobId, ""));
    assertThat(causeOf(loading(named(jobId)))).contains("its job was cleaned");
  }

  @Test
  void retentionOfTables_dropsCachesToo() {
    String jobId = run(keeping(""), JobStatus.SUCCESS).jobId();
    ahead.addAndGet(Duration.ofDays(3).toMillis());
    Await.value(
        site.pipelines().sweep(new Retention(Map.of(Kind.OUTPUTS, Duration.ofDays(2))), false));
    assertThat(causeOf(loading(named(jobId)))).contains("its job was cleaned");
  }

  @Test
  void anHeirHasACacheOfItsOwn() {
    String source = run(keeping(""), JobStatus.SUCCESS).jobId();
    Pipeline heir = taking(keeping(""), "keep");
    heir.jobParameter(
        "inheritance_info", Map.of("job_id", source, "component_list", List.of("table", "keep")));
    String jobId = run(heir, JobStatus.SUCCESS).jobId();
    assertThat(secrets).as("keep ran once, at two parties").hasSize(2);
    assertThat(read).containsExactlyInAnyOrderElementsOf(secrets);
    Await.value(site.pipelines().clean(all(source)));
    run(loading(named(jobId)), JobStatus.SUCCESS);
    assertThat(read).hasSize(4);
  }

  @Test
  void logsTellTheKeyAndNothingOfTheContent() {
    String jobId = run(keeping(""), JobStatus.SUCCESS).jobId();
    String loaded = run(loading(named(jobId)), JobStatus.SUCCESS).jobId();
    List<String> lines = new ArrayList<>();
    for (String id : List.of(jobId, loaded)) {
      Await.value(site.tracking().log(id, GUEST, "", LogLine.Level.DEBUG, 0, 1_000))
          .forEach(line -> lines.add(line.text()));
    }
    assertThat(lines).anyMatch(line -> line.contains("key-guest"));
    assertThat(lines).noneMatch(line -> line.contains("secret"));
  }
}
