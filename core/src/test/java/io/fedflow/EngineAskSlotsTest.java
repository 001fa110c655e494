package io.fedflow;

import static io.fedflow.fakes.Plans.ARBITER;
import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.HeldTimers;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.PartyLink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Slots are asked for only once all parties wait. The coordinator's site is real, the sites of host
 * and arbiter only answer; the arbiter takes its time to run the job again.
 */
@Timeout(60)
class EngineAskSlotsTest {

  private static final int SWEEP_MILLIS = 30_000;

  private final HeldTimers timers = new HeldTimers();
  private final List<PartyCommand> atHost = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> arbiterRunsAgain = new CompletableFuture<>();
  private final Fedflow site =
      EngineStores.site()
          .components(new ComponentCatalog(List.of(Fake.idle("Step"))))
          .timers(timers)
          .links(
              (own, mailboxes) ->
                  new FedflowBuilder.Links(others(own), mailboxes, party -> party.equals(GUEST)))
          .build();
  private String jobId;
  private CompletionStage<Void> again;

  private PartyLink others(PartyLink own) {
    return (to, command) -> {
      if (to.equals(GUEST)) {
        return own.send(to, command);
      }
      if (to.equals(HOST)) {
        atHost.add(command);
      }
      return to.equals(ARBITER) && command instanceof PartyCommand.RerunJob
          ? arbiterRunsAgain
          : CompletableFuture.completedStage(null);
    };
  }

  /** All but the arbiter wait for the second run of a job. */
  @BeforeEach
  void runAgain() {
    Pipeline pipeline = Plans.three();
    pipeline.add("step", "Step");
    jobId = Await.value(site.submit(pipeline.compile())).jobId();
    Await.value(site.pipelines().stop(jobId, "a user"));
    Await.until("the job is over", () -> site.engine().live().isEmpty());
    atHost.clear();
    again = site.pipelines().rerun(jobId, List.of(), true, "a user");
    Await.until("guest and host wait", () -> created().equals(List.of(GUEST, HOST)));
  }

  @AfterEach
  void close() {
    site.close();
  }

  private List<Party> created() {
    return site.engine().live(jobId).stream()
        .flatMap(live -> live.coordination().stream())
        .filter(row -> row.status() == JobStatus.WAITING)
        .flatMap(row -> row.created().stream())
        .sorted()
        .toList();
  }

  /** What is told first arrives first, so one question is the one that comes after all waited. */
  private void expectOneQuestion() {
    assertThat(again.toCompletableFuture()).isNotDone();
    arbiterRunsAgain.complete(null);
    Await.value(again);
    assertThat(atHost)
        .filteredOn(PartyCommand.AskSlots.class::isInstance)
        .containsExactly(new PartyCommand.AskSlots(jobId, 1, 2));
  }

  @Test
  void aPartyThatAsksWhatItMissedHearsOfNoSlots() {
    Await.value(
        site.localParties().send(GUEST, new PartyCommand.AskAlign(jobId, List.of(HOST), 0)));
    expectOneQuestion();
  }

  @Test
  void theSweepAsksForNoSlots() {
    timers.fire(SWEEP_MILLIS);
    // A turn behind the sweep in the job's lane.
    Await.value(site.pipelines().describe(jobId, GUEST, "swept"));
    expectOneQuestion();
  }
}
