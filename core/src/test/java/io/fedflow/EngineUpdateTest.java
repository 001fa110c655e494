package io.fedflow;

import static io.fedflow.fakes.Plans.ARBITER;
import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.ParameterUpdate;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.ProblemsException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.TwoSites;
import io.fedflow.fakes.Widened;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.pipeline.PipelineManager.Updated;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.PartyLink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that are run again with other parameters. */
@Timeout(60)
class EngineUpdateTest {

  private static final ParameterUpdate NEW_NOTE =
      new ParameterUpdate(null, Map.of("common", Map.of("step", Map.of("note", "new"))));

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final ComponentCatalog catalog =
      new ComponentCatalog(
          List.of(
              Fake.of(
                  "Step",
                  context -> {
                    seen.add(context.self().role().name() + ' ' + context.params().text("note"));
                    return Jobs.output(1);
                  })));
  private volatile BiPredicate<Party, PartyCommand> lost = (party, command) -> false;

  private static JobDocuments documents(Pipeline pipeline) {
    pipeline.jobParameter("timeout", 500).jobParameter("task_cores", 2);
    pipeline.add("step", "Step").set("note", "old");
    return pipeline.compile();
  }

  private Fedflow threeAtOneSite() {
    return EngineStores.site()
        .components(catalog)
        .links(
            (own, mailboxes) -> {
              PartyLink link =
                  (to, command) ->
                      lost.test(to, command)
                          ? CompletableFuture.failedStage(
                              new FedflowException(
                                  FailureKind.UNAVAILABLE, "party.unreachable", to + " is away"))
                          : own.send(to, command);
              return new FedflowBuilder.Links(link, mailboxes, party -> true);
            })
        .peerPatience(java.time.Duration.ZERO)
        .build();
  }

  private static String run(Fedflow site, JobDocuments documents) {
    JobHandle handle = Await.value(site.submit(documents));
    assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.SUCCESS);
    return handle.jobId();
  }

  private static void runAgain(Fedflow site, String jobId) {
    Await.value(site.pipelines().rerun(jobId, List.of(), true, "me"));
    Jobs.awaitAll(site, jobId, JobStatus.SUCCESS);
  }

  private static Object note(JobRow row) {
    Map<?, ?> components = (Map<?, ?>) row.conf().get("component_parameters");
    return ((Map<?, ?>) ((Map<?, ?>) components.get("common")).get("step")).get("note");
  }

  @Test
  void anUpdateReachesAllPartiesAndTakesEffectWithTheNextRun() {
    try (Fedflow site = threeAtOneSite()) {
      String jobId = run(site, documents(Plans.three()));
      Updated updated =
          Await.value(
              site.pipelines()
                  .updateParameters(
                      jobId,
                      new ParameterUpdate(
                          Map.of("common", Map.of("timeout", 700)),
                          Map.of(
                              "common",
                              Map.of("step", Map.of("note", "new")),
                              "role",
                              Map.of(
                                  "host", Map.of("0", Map.of("step", Map.of("note", "own"))))))));
      assertThat(updated.components()).containsExactly("step");
      assertThat(updated.jobParameters())
          .isEqualTo(Map.of("common", Map.of("job_type", "train", "timeout", 700)));
      assertThat(Jobs.views(site, jobId))
          .hasSize(3)
          .allSatisfy(
              row -> {
                assertThat(row.status()).isEqualTo(JobStatus.SUCCESS);
                assertThat(row.edition()).isEqualTo(1);
                assertThat(note(row)).isEqualTo("new");
                assertThat(Widened.tree(row.settings()))
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsAllEntriesOf(Map.of("timeout", 700L, "task_cores", 4L));
              });
      assertThat(Jobs.part(site, jobId, "step", HOST).params()).containsEntry("note", "old");
      assertThat(Jobs.events(site, jobId))
          .filteredOn(event -> event.kind().equals("job.parameters"))
          .hasSize(3)
          .allSatisfy(event -> assertThat(event.details()).isEqualTo(Map.of("edition", 1)));
      seen.clear();
      runAgain(site, jobId);
      assertThat(seen).containsExactlyInAnyOrder("guest new", "host own", "arbiter new");
      assertThat(Jobs.part(site, jobId, "step", HOST).params()).containsEntry("note", "own");
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
    }
  }

  @Test
  void anUpdateOutlivesRestarts() {
    try (TwoSites sites = new TwoSites(catalog)) {
      String jobId = run(sites.at(GUEST), documents(Plans.two()));
      Jobs.awaitAll(sites.at(HOST), jobId, JobStatus.SUCCESS);
      Await.value(sites.at(GUEST).pipelines().updateParameters(jobId, NEW_NOTE));
      sites.start(HOST).recover();
      sites.start(GUEST).recover();
      seen.clear();
      runAgain(sites.at(GUEST), jobId);
      Jobs.awaitAll(sites.at(HOST), jobId, JobStatus.SUCCESS);
      assertThat(seen).containsExactlyInAnyOrder("guest new", "host new");
    }
  }

  @Test
  void aPartyThatDoesNotTakeItFailsTheUpdateForAll() {
    try (Fedflow site = threeAtOneSite()) {
      String jobId = run(site, documents(Plans.three()));
      lost = (to, command) -> command instanceof PartyCommand.UpdateJob && to.equals(HOST);
      FedflowException refused = Await.failure(site.pipelines().updateParameters(jobId, NEW_NOTE));
      assertThat(refused.code()).isEqualTo("job.update");
      assertThat(refused).hasMessageContaining("host:2").hasMessageContaining("is away");
      Await.until(
          "the arbiter has its old parameters",
          () ->
              Jobs.views(site, jobId).stream()
                  .filter(row -> row.party().equals(ARBITER))
                  .allMatch(row -> row.edition() == 2));
      assertThat(Jobs.views(site, jobId)).extracting(EngineUpdateTest::note).containsOnly("old");
      lost = (to, command) -> false;
      Await.value(site.pipelines().updateParameters(jobId, NEW_NOTE));
      assertThat(Jobs.views(site, jobId)).extracting(EngineUpdateTest::note).containsOnly("new");
    }
  }

  @Test
  void whatAFailedUpdateLeftBehindIsSetRightByTheNextRun() {
    try (Fedflow site = threeAtOneSite()) {
      String jobId = run(site, documents(Plans.three()));
      lost =
          (to, command) ->
              command instanceof PartyCommand.UpdateJob update
                  && (to.equals(HOST) || update.edition() == 2);
      Await.failure(site.pipelines().updateParameters(jobId, NEW_NOTE));
      assertThat(Jobs.views(site, jobId))
          .extracting(EngineUpdateTest::note)
          .containsExactlyInAnyOrder("old", "old", "new");
      lost = (to, command) -> false;
      seen.clear();
      runAgain(site, jobId);
      assertThat(seen).containsExactlyInAnyOrder("guest old", "host old", "arbiter old");
      assertThat(Jobs.views(site, jobId)).extracting(EngineUpdateTest::note).containsOnly("old");
    }
  }

  @Test
  void theInitiatorsFailureIsOneToo() {
    try (Fedflow site = threeAtOneSite()) {
      String jobId = run(site, documents(Plans.three()));
      lost = (to, command) -> command instanceof PartyCommand.UpdateJob && to.equals(GUEST);
      Await.failure(site.pipelines().updateParameters(jobId, NEW_NOTE));
      Await.until(
          "all have their old parameters",
          () -> Jobs.views(site, jobId).stream().allMatch(row -> "old".equals(note(row))));
    }
  }

  @Test
  void parametersThatHadToBeApprovedAreRefusedAndTheJobStillRunsAgain() {
    AtomicBoolean asks = new AtomicBoolean();
    Fedflow site =
        EngineStores.site()
            .components(catalog)
            .policy(
                (party, jobId, plan) ->
                    CompletableFuture.completedStage(
                        asks.get() && party.equals(HOST)
                            ? new JobPolicy.Decision.Ask()
                            : new JobPolicy.Decision.Allow()))
            .build();
    try (site) {
      String jobId = run(site, documents(Plans.two()));
      asks.set(true);
      assertThat(Await.failure(site.pipelines().updateParameters(jobId, NEW_NOTE)))
          .hasMessageContaining("host:2 has to approve");
      seen.clear();
      runAgain(site, jobId);
      assertThat(seen).containsExactlyInAnyOrder("guest old", "host old");
    }
  }

  @Test
  void everyProblemIsNamedAtOnceAndNothingChanges() {
    try (Fedflow site = threeAtOneSite()) {
      String jobId = run(site, documents(Plans.three()));
      FedflowException refused =
          Await.failure(
              site.pipelines()
                  .updateParameters(
                      jobId,
                      new ParameterUpdate(
                          Map.of("common", Map.of("timeout", -1)),
                          Map.of("common", Map.of("step", Map.of("need_run", "perhaps"))))));
      assertThat(((ProblemsException) refused).problems()).hasSize(2);
      assertThat(Jobs.views(site, jobId)).extracting(JobRow::edition).containsOnly(0);
    }
  }

  @Test
  void onlyTheInitiatorUpdatesAKnownJobThatEnded() {
    Gate gate = new Gate();
    ComponentCatalog waiting =
        new ComponentCatalog(
            List.of(
                Fake.of(
                    "Step",
                    context -> {
                      gate.enter(context);
                      return Jobs.output(1);
                    })));
    try (TwoSites sites = new TwoSites(waiting)) {
      JobHandle handle = Await.value(sites.at(GUEST).submit(documents(Plans.two())));
      assertThat(failure(sites.at(GUEST), handle.jobId())).isEqualTo("job.live");
      Await.value(sites.at(GUEST).pipelines().stop(handle.jobId(), "me"));
      Await.value(handle.completion());
      assertThat(failure(sites.at(HOST), handle.jobId())).isEqualTo("job.not_here");
      assertThat(failure(sites.at(GUEST), Plans.JOB)).isEqualTo("job.unknown");
    }
  }

  private static String failure(Fedflow site, String jobId) {
    return Await.failure(site.pipelines().updateParameters(jobId, NEW_NOTE)).code();
  }
}
