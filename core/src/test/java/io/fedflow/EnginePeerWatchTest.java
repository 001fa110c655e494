package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.HeldWatch;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.TwoSites;
import io.fedflow.fakes.Widened;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.Wait;
import io.fedflow.job.Wait.Cause;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of running jobs when the site of a party falls silent. */
@Timeout(60)
class EnginePeerWatchTest {

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final CountDownLatch opened = new CountDownLatch(1);
  private final HeldWatch atGuest = new HeldWatch();
  private final HeldWatch atHost = new HeldWatch();

  private TwoSites sites(Duration patience) {
    ComponentCatalog catalog =
        new ComponentCatalog(
            List.of(
                Fake.of(
                    "Opened",
                    context -> {
                      opened.await();
                      return TaskOutputs.none();
                    })));
    return new TwoSites(
        catalog,
        FedflowBuilder.DEFAULT_SLOTS,
        party -> party.equals(GUEST) ? atGuest : atHost,
        patience);
  }

  @AfterEach
  void open() {
    opened.countDown();
  }

  private String running(TwoSites sites) {
    return running(sites, Plans.two());
  }

  private String running(TwoSites sites, Pipeline pipeline) {
    pipeline.add("opened", "Opened");
    String jobId = Await.value(sites.at(GUEST).submit(pipeline.compile())).jobId();
    Await.until(
        "both sites watch each other",
        () -> atGuest.watched().equals(List.of(HOST)) && atHost.watched().equals(List.of(GUEST)));
    return jobId;
  }

  private static JobRow view(TwoSites sites, Party party, String jobId) {
    return Jobs.views(sites.at(party), jobId).get(0);
  }

  private static void awaitFailed(TwoSites sites, Party party, String jobId) {
    Await.until(
        "it failed at " + party, () -> view(sites, party, jobId).status() == JobStatus.FAILED);
  }

  @Test
  void aPartySilentForTooLong_failsTheJobEverywhere_byName() {
    try (TwoSites sites = sites(SHORT)) {
      String jobId = running(sites);

      atGuest.silent(HOST, 1_000, "no answer in 6 s");

      for (Party party : List.of(GUEST, HOST)) {
        awaitFailed(sites, party, jobId);
        assertThat(view(sites, party, jobId).cause())
            .contains(HOST + " cannot be reached since 1970-01-01T00:00:01Z")
            .contains("0.05 s")
            .contains("no answer in 6 s");
      }
      Wait wait = Await.value(sites.at(GUEST).pipelines().explain(jobId)).get(0);
      assertThat(wait.cause()).isEqualTo(Cause.PEER_UNREACHABLE);
      assertThat(wait.party()).isEqualTo(HOST);
      Await.until(
          "nobody is watched any more",
          () -> atGuest.watched().isEmpty() && atHost.watched().isEmpty());
    }
  }

  @Test
  void aJobMayBeLessPatientThanItsSites() {
    try (TwoSites sites = sites(LONG)) {
      String jobId = running(sites, Plans.two().jobParameter("peer_patience", 1));

      atGuest.silent(HOST, 1_000, "no answer in 6 s");

      awaitFailed(sites, GUEST, jobId);
      assertThat(view(sites, GUEST, jobId).cause())
          .contains(HOST + " cannot be reached", "for longer than 1.0 s");
    }
  }

  @Test
  void aJobIsNotMorePatientThanItsSites() {
    try (TwoSites sites = sites(SHORT)) {
      String jobId = running(sites, Plans.two().jobParameter("peer_patience", 3600));

      atGuest.silent(HOST, 1_000, "no answer in 6 s");

      awaitFailed(sites, GUEST, jobId);
      assertThat(view(sites, GUEST, jobId).cause()).contains("for longer than 0.05 s");
      assertThat(Widened.tree(view(sites, GUEST, jobId).settings().get("peer_patience")))
          .isEqualTo(3600L);
    }
  }

  @Test
  void aPartyWhoseCoordinatorIsSilentForTooLong_endsItsPartAlone_andRefusesToGoOn() {
    try (TwoSites sites = sites(SHORT)) {
      String jobId = running(sites);

      atHost.silent(GUEST, 1_000, "no answer in 6 s");

      awaitFailed(sites, HOST, jobId);
      assertThat(view(sites, HOST, jobId).cause()).contains(GUEST + " cannot be reached");
      assertThat(view(sites, GUEST, jobId).status()).isEqualTo(JobStatus.RUNNING);
      sites.start(GUEST).recover();
      awaitFailed(sites, GUEST, jobId);
      assertThat(view(sites, GUEST, jobId).cause())
          .contains("host:2 opened could not start")
          .contains("the job ended there as FAILED: guest:1 cannot be reached");
    }
  }

  @Test
  void aPartyThatComesBackInTime_isNamedMeanwhile_andTheJobGoesOn() {
    try (TwoSites sites = sites(LONG)) {
      String jobId = running(sites);

      atGuest.silent(HOST, 1_000, "no answer in 6 s");

      Wait wait =
          Await.value(sites.at(GUEST).pipelines().explain(jobId)).stream()
              .filter(each -> each.cause() == Cause.PEER_UNREACHABLE)
              .findFirst()
              .orElseThrow();
      assertThat(wait.party()).isEqualTo(HOST);
      assertThat(wait.since()).isEqualTo(1_000);
      assertThat(wait.text()).contains("no answer in 6 s");
      atGuest.back(HOST);
      assertThat(Await.value(sites.at(GUEST).pipelines().explain(jobId)))
          .noneMatch(each -> each.cause() == Cause.PEER_UNREACHABLE);
      opened.countDown();
      Await.until("it ended well", () -> view(sites, HOST, jobId).status() == JobStatus.SUCCESS);
    }
  }
}
