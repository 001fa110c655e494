package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.TwoSites;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that are run again after their end. */
@Timeout(60)
class EngineRerunTest {

  private static final MessageTag WORD = MessageTag.of("word");

  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final Fake talks =
      Fake.of(
          "Talks",
          context -> {
            if (context.self().equals(GUEST)) {
              context.federation().send(HOST, WORD, Payload.ofTexts(List.of("hello")));
            } else if (context.self().equals(HOST)) {
              context.federation().receive(GUEST, WORD);
              if (broken.get()) {
                throw new IllegalStateException("broken");
              }
            }
            return TaskOutputs.none();
          });
  private final ComponentCatalog catalog =
      new ComponentCatalog(List.of(talks, Fake.of("Step", context -> Jobs.output(1))));

  private static Pipeline pipeline() {
    Pipeline pipeline = Plans.two();
    pipeline.add("step", "Step");
    pipeline.add("talks", "Talks").data("step");
    pipeline.add("after", "Step").data("step");
    return pipeline;
  }

  private static int version(Fedflow site, String jobId, String component, Party party) {
    return Jobs.part(site, jobId, component, party).task().version();
  }

  @Test
  void aFailedJobRunsAgainFromWhatFailed() {
    try (Fedflow site = EngineStores.site().components(catalog).build()) {
      JobHandle handle = Await.value(site.submit(pipeline().compile()));
      assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.FAILED);
      broken.set(false);
      JobHandle again = Await.value(handle.rerun(List.of(), false));
      assertThat(Await.value(again.completion()))
          .isEqualTo(new JobHandle.Outcome(JobStatus.SUCCESS, ""));
      assertThat(Jobs.views(site, handle.jobId()))
          .allSatisfy(
              row -> {
                assertThat(row.status()).isEqualTo(JobStatus.SUCCESS);
                assertThat(row.round()).isEqualTo(1);
                assertThat(row.progress()).isEqualTo(100);
                assertThat(row.endTime()).isGreaterThanOrEqualTo(row.startTime());
              });
      assertThat(version(site, handle.jobId(), "step", HOST)).isZero();
      assertThat(version(site, handle.jobId(), "talks", HOST)).isEqualTo(1);
      assertThat(version(site, handle.jobId(), "talks", GUEST)).isEqualTo(1);
      assertThat(site.mailboxes().pending()).isZero();
      assertThat(site.engine().live()).isEmpty();
    }
  }

  @Test
  void forceRunsWhatEndedWellAndAllThatFollows() {
    broken.set(false);
    try (Fedflow site = EngineStores.site().components(catalog).build()) {
      JobHandle handle = Await.value(site.submit(pipeline().compile()));
      Await.value(handle.completion());
      assertThat(Await.failure(handle.rerun(List.of("talks"), false)))
          .hasMessageContaining("nothing runs again unless forced");
      assertThat(Await.failure(handle.rerun(List.of("nothing"), true)))
          .hasMessageContaining("no component nothing");
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      // Nobody is there to take it; the next round takes its own.
      site.mailboxes()
          .deliver(
              new Envelope(
                  new TaskId(handle.jobId(), "talks", 0),
                  HOST,
                  GUEST,
                  MessageTag.of("word"),
                  Payload.ofLongs(1)));
      assertThat(site.mailboxes().pending()).isZero();
      Await.value(Await.value(handle.rerun(List.of("talks"), true)).completion());
      assertThat(version(site, handle.jobId(), "step", GUEST)).isZero();
      assertThat(version(site, handle.jobId(), "talks", GUEST)).isEqualTo(1);
      assertThat(version(site, handle.jobId(), "after", GUEST)).isZero();
      Await.value(Await.value(handle.rerun(List.of("step"), true)).completion());
      assertThat(version(site, handle.jobId(), "step", GUEST)).isEqualTo(1);
      assertThat(version(site, handle.jobId(), "talks", GUEST)).isEqualTo(2);
      assertThat(version(site, handle.jobId(), "after", GUEST)).isEqualTo(1);
      assertThat(Jobs.views(site, handle.jobId())).extracting(JobRow::round).containsOnly(2);
    }
  }

  @Test
  void anyPartyMayAskAndARestartDoesNotForget() {
    try (TwoSites sites = new TwoSites(catalog)) {
      JobHandle handle = Await.value(sites.at(GUEST).submit(pipeline().compile()));
      Jobs.awaitAll(sites.at(HOST), handle.jobId(), JobStatus.FAILED);
      Await.value(handle.completion());
      Fedflow before = sites.at(GUEST);
      sites.start(GUEST).recover();
      before.close();
      broken.set(false);
      Await.value(sites.at(HOST).pipelines().rerun(handle.jobId(), List.of(), false, "host"));
      Jobs.awaitAll(sites.at(HOST), handle.jobId(), JobStatus.SUCCESS);
      Jobs.awaitAll(sites.at(GUEST), handle.jobId(), JobStatus.SUCCESS);
    }
  }

  /** The network may hand over a word long after it was answered. */
  @Test
  void aWordThatComesTwiceRunsAJobOnlyOnce() {
    broken.set(false);
    try (Fedflow site = EngineStores.site().components(catalog).build()) {
      JobHandle handle = Await.value(site.submit(pipeline().compile()));
      Jobs.awaitAll(site, handle.jobId(), JobStatus.SUCCESS);
      PartyCommand word =
          new PartyCommand.AskRerun(handle.jobId(), "host", List.of("step"), true, 0);
      Await.value(site.localParties().send(GUEST, word));
      Await.until(
          "it ran again",
          () ->
              Jobs.views(site, handle.jobId()).stream()
                  .allMatch(view -> view.round() == 1 && view.status() == JobStatus.SUCCESS));

      FedflowException refusal = Await.failure(site.localParties().send(GUEST, word));

      assertThat(refusal.code()).isEqualTo("job.rerun");
      assertThat(refusal).hasMessageContaining("ran again since");
      assertThat(Jobs.views(site, handle.jobId())).extracting(JobRow::round).containsOnly(1);
      assertThat(version(site, handle.jobId(), "step", GUEST)).isEqualTo(1);
    }
  }

  /** A party that refuses to run again hears how that round ended, though the job left memory. */
  @Test
  void theEndOfARoundThatNeverBeganHereIsHeard() {
    broken.set(false);
    try (Fedflow site = EngineStores.site().components(catalog).build()) {
      JobHandle handle = Await.value(site.submit(pipeline().compile()));
      Jobs.awaitAll(site, handle.jobId(), JobStatus.SUCCESS);
      Await.until("it left memory", () -> site.engine().live().isEmpty());
      Await.value(
          site.localParties()
              .send(
                  HOST,
                  new PartyCommand.TellJobStatus(handle.jobId(), 1, JobStatus.FAILED, 0, "no")));
      assertThat(Jobs.views(site, handle.jobId()))
          .filteredOn(view -> view.party().equals(HOST))
          .extracting(JobRow::status, JobRow::round, JobRow::cause)
          .containsExactly(org.assertj.core.groups.Tuple.tuple(JobStatus.FAILED, 1, "no"));
    }
  }

  @Test
  void onlyAnEndedAndKnownJobRunsAgain() {
    broken.set(false);
    try (Fedflow site = EngineStores.site().components(catalog).slots(2).build()) {
      assertThat(Await.failure(site.pipelines().rerun(Plans.JOB, List.of(), false, "me")).code())
          .isEqualTo("job.unknown");
    }
  }
}
