package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskTracker;
import io.fedflow.dsl.ParameterUpdate;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyTrackingStore;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.TwoSites;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.pipeline.PipelineManager.Cleaned;
import io.fedflow.pipeline.PipelineManager.Submitted;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TaskQuery;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.OutputData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that take over tasks of earlier ones. */
@Timeout(60)
class EngineInheritTest {

  private final Stores sound = EngineStores.fresh();
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

  private static TaskQuery attempts(String jobId, String component) {
    return new TaskQuery(
        List.of(jobId),
        component.isEmpty() ? List.of() : List.of(component),
        List.of(),
        List.of(),
        Set.of(),
        Set.of(),
        false,
        0,
        100);
  }

  private static void clean(Fedflow site, String jobId, String component) {
    Map<String, String> outcomes =
        Await.value(site.pipelines().clean(attempts(jobId, component))).outcomes();
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
    try (Fedflow site = EngineStores.site().components(catalog).build()) {
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
        new Stores(
            sound.jobs(),
            tracking,
            sound.tables(),
            sound.models(),
            sound.blobs(),
            sound.servers(),
            () -> {});
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
  void aCrashWhileTakingOverIsMadeGoodAtTheNextStart() {
    FlakyTrackingStore tracking = new FlakyTrackingStore(sound.tracking());
    CompletableFuture<Void> never = new CompletableFuture<>();
    try (Fedflow before = siteOn(tracking)) {
      String source = run(before, pipeline());
      ran.clear();
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
        Jobs.awaitAll(after, heir, JobStatus.SUCCESS);
        assertThat(Jobs.views(after, heir))
            .hasSize(2)
            .extracting(row -> row.inheritance().status())
            .containsOnly(Inheritance.Status.SUCCESS);
        assertThat(ran).containsExactlyInAnyOrder("pass", "pass", "last", "last");
        assertThat(output(after, heir, "make", HOST))
            .isEqualTo(output(after, source, "make", HOST));
      } finally {
        never.completeExceptionally(new IllegalStateException("the test is over"));
      }
    }
  }

  @Test
  void aPartyThatCrashesWhileItTakesOverGoesOnWhenItIsBack() {
    AtomicBoolean crashes = new AtomicBoolean();
    try (TwoSites sites = new TwoSites(catalog)) {
      String source = run(sites.at(GUEST), pipeline());
      Jobs.awaitAll(sites.at(HOST), source, JobStatus.SUCCESS);
      ran.clear();
      sites.lose(
          (to, command) ->
              to.equals(HOST)
                  && command instanceof PartyCommand.CreateJob
                  && crashes.compareAndSet(false, true));
      String heir = run(sites.at(GUEST), heir(source, "make", "pass"));
      Jobs.awaitAll(sites.at(HOST), heir, JobStatus.SUCCESS);
      assertThat(crashes).isTrue();
      assertThat(ran).containsExactly("last", "last");
    }
  }

  @Test
  void aSourceIsNotTakenOverWhileItIsCleaned() {
    FlakyTrackingStore tracking = new FlakyTrackingStore(sound.tracking());
    CompletableFuture<Void> slow = new CompletableFuture<>();
    AtomicBoolean cleans = new AtomicBoolean();
    try (Fedflow site = siteOn(tracking)) {
      String source = run(site, pipeline());
      tracking.delayCounts(
          () -> {
            cleans.set(true);
            return slow;
          });
      CompletionStage<Cleaned> cleaned = site.pipelines().clean(attempts(source, "make"));
      Await.until("the source is cleaned", cleans::get);
      CompletionStage<Submitted> submitted =
          site.pipelines().submit(heir(source, "make").compile());
      Await.until(
          "the heir is to take over",
          () -> !lastJob(site).equals(source) && Jobs.views(site, lastJob(site)).size() == 2);
      slow.complete(null);
      assertThat(Await.value(cleaned).outcomes()).isEqualTo(Map.of(source, ""));
      FedflowException refused = Await.failure(submitted);
      assertThat(refused.code()).isEqualTo("job.inheritance");
      assertThat(refused).hasMessageContainingAll("make", source, "outputs are gone");
    }
  }

  @Test
  void aSourceThatWasUpdatedSinceItRanRunsAgain() {
    try (Fedflow site = EngineStores.site().components(catalog).build()) {
      String source = run(site, pipeline());
      Await.value(
          site.pipelines()
              .updateParameters(
                  source,
                  new ParameterUpdate(
                      null, Map.of("common", Map.of("make", Map.of("note", "other"))))));
      ran.clear();
      Pipeline heir = Plans.two();
      heir.add("make", "Make").set("note", "other");
      heir.add("pass", "Pass").data("make");
      heir.add("last", "Pass").data("pass");
      heir.jobParameter(
          "inheritance_info", Map.of("job_id", source, "component_list", List.of("make")));
      Submitted submitted = Await.value(site.pipelines().submit(heir.compile()));
      assertThat(submitted.warnings()).extracting(Problem::found).containsExactly("make");
      Jobs.awaitAll(site, submitted.jobId(), JobStatus.SUCCESS);
      assertThat(ran).contains("make");
    }
  }

  @Test
  void whatRunsAtOthersOnlyCanBeTakenOver() {
    ComponentCatalog hosts =
        new ComponentCatalog(
            List.of(
                Fake.of(
                    "HostStep",
                    Set.of(Role.HOST),
                    context -> {
                      ran.add(context.task().component());
                      return Jobs.output(1);
                    })));
    try (TwoSites sites = new TwoSites(hosts)) {
      Pipeline first = Plans.two();
      first.add("step", "HostStep");
      String source = run(sites.at(GUEST), first);
      Jobs.awaitAll(sites.at(HOST), source, JobStatus.SUCCESS);
      Pipeline second = Plans.two();
      second.add("step", "HostStep");
      second.jobParameter(
          "inheritance_info", Map.of("job_id", source, "component_list", List.of("step")));
      run(sites.at(GUEST), second);
      assertThat(ran).containsExactly("step");
    }
  }

  @Test
  void aJobThatNeverTookOverItsInheritanceDoesNotRunAgain() {
    FlakyTrackingStore tracking = new FlakyTrackingStore(sound.tracking());
    try (Fedflow site = siteOn(tracking)) {
      String source = run(site, pipeline());
      tracking.others(
          () ->
              CompletableFuture.failedStage(
                  new FedflowException(FailureKind.UNAVAILABLE, "store.down", "the disk is full")));
      Await.failure(site.submit(heir(source, "make").compile()));
      String heir = lastJob(site);
      Jobs.awaitAll(site, heir, JobStatus.FAILED);
      tracking.others(null);
      ran.clear();
      assertThat(Await.failure(site.pipelines().rerun(heir, List.of(), true, "me")))
          .hasMessageContainingAll("took over its inheritance", "submit it again");
      Jobs.awaitAll(site, heir, JobStatus.FAILED);
      assertThat(ran).isEmpty();
    }
  }

  private static String lastJob(Fedflow site) {
    List<JobRow> views = Jobs.allViews(site);
    return views.get(views.size() - 1).jobId();
  }

  @Test
  void everyProblemIsNamedWithItsPlace() {
    try (Fedflow site = EngineStores.site().components(catalog).build()) {
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
