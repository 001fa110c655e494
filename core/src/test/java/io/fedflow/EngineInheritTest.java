package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskTracker;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyTrackingStore;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.TwoSites;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.pipeline.PipelineManager.Submitted;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TaskQuery;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.OutputData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that take over tasks of earlier ones. */
@Timeout(60)
class EngineInheritTest {

  private final Stores sound = MemoryStores.create();
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final List<Double> read = new CopyOnWriteArrayList<>();
  private final ComponentCatalog catalog =
      new ComponentCatalog(
          List.of(
              Fake.of(
                  "Make",
                  context -> {
                    ran.add(context.task().component());
                    context
                        .tracker()
                        .metric("train", "loss", List.of(new TaskTracker.MetricPoint(1, 0.5)));
                    context.tracker().summary(Map.of("rows", 1));
                    return Jobs.output(42);
                  }),
              Fake.of(
                  "Pass",
                  context -> {
                    ran.add(context.task().component());
                    double[] values = context.inputs().first("data").orElseThrow().numbers("x");
                    read.add(values[0]);
                    return Jobs.output(values);
                  })));

  private static Pipeline pipeline() {
    Pipeline pipeline = Plans.two();
    pipeline.add("make", "Make");
    pipeline.add("pass", "Pass").data("make");
    pipeline.add("last", "Pass").data("pass");
    return pipeline;
  }

  private static Pipeline heir(String jobId, String... components) {
    return pipeline()
        .jobParameter(
            "inheritance_info", Map.of("job_id", jobId, "component_list", List.of(components)));
  }

  private static String run(Fedflow site, Pipeline pipeline) {
    JobHandle handle = Await.value(site.submit(pipeline.compile()));
    assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.SUCCESS);
    return handle.jobId();
  }

  private static OutputData output(Fedflow site, String jobId, String component, Party party) {
    return Await.value(
            site.tracking().outputs(Jobs.part(site, jobId, component, party).task(), party))
        .get(0);
  }

  private static void clean(Fedflow site, String jobId, String component) {
    Map<String, String> outcomes =
        Await.value(
                site.pipelines()
                    .clean(
                        new TaskQuery(
                            List.of(jobId),
                            component.isEmpty() ? List.of() : List.of(component),
                            List.of(),
                            List.of(),
                            Set.of(),
                            Set.of(),
                            false,
                            0,
                            100)))
            .outcomes();
    assertThat(outcomes).isEqualTo(Map.of(jobId, ""));
  }

  @Test
  void whatIsTakenOverDoesNotRunAndItsOutputsAreRead() {
    try (TwoSites sites = new TwoSites(catalog)) {
      String source = run(sites.at(GUEST), pipeline());
      Jobs.awaitAll(sites.at(HOST), source, JobStatus.SUCCESS);
      ran.clear();
      read.clear();
      String heir = run(sites.at(GUEST), heir(source, "make", "pass"));
      Jobs.awaitAll(sites.at(HOST), heir, JobStatus.SUCCESS);
      assertThat(ran).containsExactly("last", "last");
      assertThat(read).containsExactly(42.0, 42.0);
      for (Party party : List.of(GUEST, HOST)) {
        Fedflow site = sites.at(party);
        assertThat(Jobs.views(site, heir).get(0).inheritance())
            .isEqualTo(
                new Inheritance(source, List.of("make", "pass"), Inheritance.Status.SUCCESS));
        assertThat(Jobs.views(site, source).get(0).inheritance()).isEqualTo(Inheritance.NONE);
        TaskRow made = Jobs.part(site, heir, "make", party);
        assertThat(made.status()).isEqualTo(TaskStatus.SUCCESS);
        assertThat(made.partyStatus()).isEqualTo(TaskStatus.SUCCESS);
        assertThat(made.startTime()).isEqualTo(Jobs.part(site, source, "make", party).startTime());
        assertThat(output(site, heir, "make", party))
            .isEqualTo(output(site, source, "make", party));
        assertThat(Await.value(site.tracking().metrics(made.task(), party)))
            .extracting(point -> point.value())
            .containsExactly(0.5);
        assertThat(Await.value(site.tracking().summary(made.task(), party))).isPresent();
        assertThat(
                Await.value(site.tracking().log(heir, party, "make", LogLine.Level.INFO, 0, 100)))
            .isNotEmpty();
      }
    }
  }

  @Test
  void cleaningTheSourceLeavesTheHeirItsTables() {
    try (Fedflow site = Fedflow.builder().components(catalog).build()) {
      String source = run(site, pipeline());
      String heir = run(site, heir(source, "make", "pass"));
      OutputData shared = output(site, source, "pass", HOST);
      clean(site, source, "");
      assertThat(Await.value(site.data().find(shared.namespace(), shared.name()))).isPresent();
      read.clear();
      Await.value(site.pipelines().rerun(heir, List.of("last"), true, "me"));
      Jobs.awaitAll(site, heir, JobStatus.SUCCESS);
      assertThat(read).containsExactly(42.0, 42.0);
      clean(site, heir, "");
      assertThat(Await.value(site.data().find(shared.namespace(), shared.name()))).isEmpty();
    }
  }

  @Test
  void onlyWhatAllPartiesStillHaveIsTakenOver() {
    try (TwoSites sites = new TwoSites(catalog)) {
      String source = run(sites.at(GUEST), pipeline());
      Jobs.awaitAll(sites.at(HOST), source, JobStatus.SUCCESS);
      clean(sites.at(HOST), source, "pass");
      ran.clear();
      Submitted submitted =
          Await.value(
              sites.at(GUEST).pipelines().submit(heir(source, "make", "pass", "last").compile()));
      assertThat(submitted.warnings())
          .extracting(Problem::found)
          .containsExactlyInAnyOrder("pass", "last");
      Jobs.awaitAll(sites.at(HOST), submitted.jobId(), JobStatus.SUCCESS);
      assertThat(ran).containsExactlyInAnyOrder("pass", "pass", "last", "last");
      assertThat(Jobs.views(sites.at(HOST), submitted.jobId()).get(0).inheritance().components())
          .containsExactly("make");
    }
  }

  private Fedflow siteOn(FlakyTrackingStore tracking) {
    Stores stores =
        new Stores(sound.jobs(), tracking, sound.tables(), sound.models(), sound.blobs(), () -> {});
    return Fedflow.builder().components(catalog).stores(stores).build();
  }

  @Test
  void whatCannotBeTakenOverFailsTheJobWithThatCause() {
    FlakyTrackingStore tracking = new FlakyTrackingStore(sound.tracking());
    try (Fedflow site = siteOn(tracking)) {
      String source = run(site, pipeline());
      ran.clear();
      tracking.others(
          () ->
              CompletableFuture.failedStage(
                  new FedflowException(FailureKind.UNAVAILABLE, "store.down", "the disk is full")));
      assertThat(Await.failure(site.submit(heir(source, "make").compile())))
          .hasMessageContaining("the disk is full");
      String heir = lastJob(site);
      Jobs.awaitAll(site, heir, JobStatus.FAILED);
      assertThat(Jobs.views(site, heir))
          .anySatisfy(row -> assertThat(row.cause()).contains("the disk is full"))
          .extracting(row -> row.inheritance().status())
          .containsOnly(Inheritance.Status.FAILED);
      assertThat(ran).isEmpty();
    }
  }

  @Test
  void aCrashWhileTakingOverFailsTheJobAtTheNextStart() {
    FlakyTrackingStore tracking = new FlakyTrackingStore(sound.tracking());
    CompletableFuture<Void> never = new CompletableFuture<>();
    try (Fedflow before = siteOn(tracking)) {
      String source = run(before, pipeline());
      tracking.others(() -> never);
      before.submit(heir(source, "make").compile());
      Await.until("the heir takes over", () -> !lastJob(before).equals(source));
      String heir = lastJob(before);
      Await.until(
          "both parties take over",
          () ->
              Jobs.views(before, heir).stream()
                      .filter(row -> row.inheritance().status() == Inheritance.Status.RUNNING)
                      .count()
                  == 2);
      try (Fedflow after = siteOn(new FlakyTrackingStore(sound.tracking()))) {
        after.recover();
        Jobs.awaitAll(after, heir, JobStatus.FAILED);
        assertThat(Jobs.views(after, heir))
            .allSatisfy(row -> assertThat(row.cause()).contains("restarted before"))
            .extracting(row -> row.inheritance().status())
            .containsOnly(Inheritance.Status.FAILED);
      }
    } finally {
      never.completeExceptionally(new IllegalStateException("the test is over"));
    }
  }

  private static String lastJob(Fedflow site) {
    List<JobRow> views = Jobs.allViews(site);
    return views.get(views.size() - 1).jobId();
  }

  @Test
  void everyProblemIsNamedWithItsPlace() {
    try (Fedflow site = Fedflow.builder().components(catalog).build()) {
      String source = run(site, pipeline());
      Pipeline other = Plans.two();
      other.add("make", "Make").set("note", "other");
      other.add("pass", "Pass").data("validate_data", "make");
      other.add("last", "Pass").data("pass");
      other.jobParameter(
          "inheritance_info",
          Map.of("job_id", source, "component_list", List.of("make", "pass", "nothing", "last")));
      ProblemsException refused = (ProblemsException) Await.failure(site.submit(other.compile()));
      assertThat(refused.problems())
          .extracting(Problem::pointer)
          .containsExactly(
              "conf/job_parameters/common/inheritance_info/component_list/0",
              "conf/job_parameters/common/inheritance_info/component_list/0",
              "conf/job_parameters/common/inheritance_info/component_list/1",
              "conf/job_parameters/common/inheritance_info/component_list/2");
      assertThat(problems(site, heir(source, "pass")))
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.message()).contains("not listed");
                assertThat(problem.found()).isEqualTo("make");
              });
      assertThat(problems(site, heir(Plans.JOB, "make")))
          .singleElement()
          .satisfies(
              problem ->
                  assertThat(problem.pointer())
                      .isEqualTo("conf/job_parameters/common/inheritance_info/job_id"));
      assertThat(
              problems(
                  site,
                  pipeline()
                      .jobParameter("inheritance_info", Map.of("job_id", "", "component", 1))
                      .jobParameter("federated_status_collect_type", "POLL")))
          .hasSize(4);
    }
  }

  private static List<Problem> problems(Fedflow site, Pipeline pipeline) {
    return ((ProblemsException) Await.failure(site.submit(pipeline.compile()))).problems();
  }
}
