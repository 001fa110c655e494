package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.CoordinationRow;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.spi.Stores;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users may say about jobs and tables beside running them. */
@Timeout(60)
class EngineNotesTest {

  private final CountDownLatch go = new CountDownLatch(1);
  private final ComponentCatalog catalog =
      new ComponentCatalog(
          List.of(
              Fake.of(
                  "Step",
                  context -> {
                    go.await();
                    return Jobs.output(1);
                  }),
              Fake.of(
                  "Reads",
                  context -> {
                    context.tables().read("n", "t");
                    return Jobs.output(1);
                  })));

  private static Pipeline pipeline(String module) {
    Pipeline pipeline = Plans.two();
    pipeline.add("step", module);
    return pipeline;
  }

  private static String notes(Fedflow site, String jobId, Party party) {
    return view(site, jobId, party).notes();
  }

  private static JobRow view(Fedflow site, String jobId, Party party) {
    return Jobs.views(site, jobId).stream()
        .filter(row -> row.party().equals(party))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aJobIsDescribedWhileItRunsAndAfterItsEnd() {
    try (Fedflow site = EngineStores.site().components(catalog).build()) {
      JobHandle handle = Await.value(site.submit(pipeline("Step").compile()));
      Jobs.awaitAll(site, handle.jobId(), JobStatus.RUNNING);
      Await.value(site.pipelines().describe(handle.jobId(), GUEST, "runs"));
      assertThat(notes(site, handle.jobId(), GUEST)).isEqualTo("runs");
      assertThat(notes(site, handle.jobId(), HOST)).isEmpty();
      go.countDown();
      assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.SUCCESS);
      assertThat(notes(site, handle.jobId(), GUEST)).isEqualTo("runs");
      Await.value(site.pipelines().describe(handle.jobId(), HOST, "ended"));
      assertThat(notes(site, handle.jobId(), HOST)).isEqualTo("ended");
      assertThat(Jobs.views(site, handle.jobId()))
          .extracting(JobRow::status)
          .containsOnly(JobStatus.SUCCESS);
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
    }
  }

  @Test
  void unknownJobsAndLongNotesAreRefused() {
    try (Fedflow site = EngineStores.site().components(catalog).build()) {
      go.countDown();
      assertThat(Await.failure(site.pipelines().describe("20260101", GUEST, "x")))
          .isInstanceOfSatisfying(
              FedflowException.class, e -> assertThat(e.code()).isEqualTo("job.unknown"));
      JobHandle handle = Await.value(site.submit(pipeline("Step").compile()));
      Await.value(handle.completion());
      String text = "x".repeat(PipelineManager.MOST_NOTES);
      Await.value(site.pipelines().describe(handle.jobId(), GUEST, text));
      assertThat(Await.failure(site.pipelines().describe(handle.jobId(), GUEST, text + 'x')))
          .hasMessageContaining("notes: found 10001 characters, allowed 10000");
      assertThat(
              Await.failure(site.pipelines().describe(handle.jobId(), Party.of("host", "77"), "x")))
          .hasMessageContaining("never created at host:77");
    }
  }

  @Test
  void aDisabledTableIsForNoJob() {
    try (Fedflow site = EngineStores.site().components(catalog).build()) {
      site.data().store(StoreRequest.upload("n", "t"), Jobs.table(1, 2));
      site.data().enable("n", "t", false);
      JobHandle refused = Await.value(site.submit(pipeline("Reads").compile()));
      JobHandle.Outcome outcome = Await.value(refused.completion());
      assertThat(outcome.status()).isEqualTo(JobStatus.FAILED);
      assertThat(outcome.cause()).contains("n.t is disabled");
      site.data().enable("n", "t", true);
      JobHandle taken = Await.value(site.submit(pipeline("Reads").compile()));
      assertThat(Await.value(taken.completion()).status()).isEqualTo(JobStatus.SUCCESS);
    }
  }

  /** What the first one read would be outdated if the second one wrote meanwhile. */
  @Test
  void whatIsDoneAtOnceWithAnEndedJobIsDoneOneAfterTheOther() {
    Stores stores = EngineStores.fresh();
    FlakyJobStore jobs = new FlakyJobStore(stores.jobs());
    try (Fedflow site = Fedflow.builder().components(catalog).stores(jobs.in(stores)).build()) {
      go.countDown();
      JobHandle handle = Await.value(site.submit(pipeline("Step").compile()));
      Await.value(handle.completion());
      Await.until("the job is not live", () -> site.engine().live().isEmpty());
      long before = view(site, handle.jobId(), GUEST).revision();
      CompletableFuture<Optional<CoordinationRow>> slow = new CompletableFuture<>();
      jobs.coordinations(slow);
      CompletionStage<Void> first = site.pipelines().describe(handle.jobId(), GUEST, "first");
      jobs.coordinations(null);
      CompletionStage<Void> second = site.pipelines().describe(handle.jobId(), GUEST, "second");
      slow.complete(Await.value(stores.jobs().coordination(handle.jobId())));
      Await.value(first);
      Await.value(second);
      // Which of them came first is not promised, only that neither undid the other.
      assertThat(notes(site, handle.jobId(), GUEST)).isIn("first", "second");
      assertThat(view(site, handle.jobId(), GUEST).revision()).isEqualTo(before + 2);
    }
  }
}
