package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Plans;
import io.fedflow.job.PartyCommand;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.PartyLink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A host's server tells that it started again, more than once, since the coordinator was slow to
 * answer: attempts that began since must not count as lost.
 */
@Timeout(60)
class EngineRestartWordsTest {

  private final List<PartyCommand> atHost = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Fedflow site =
      EngineStores.site()
          .components(
              new ComponentCatalog(
                  List.of(
                      Fake.of(
                          "Gated",
                          context -> {
                            gate.await();
                            return TaskOutputs.none();
                          }))))
          .links(
              (own, mailboxes) -> new FedflowBuilder.Links(withHost(own), mailboxes, GUEST::equals))
          .build();

  private PartyLink withHost(PartyLink own) {
    return (to, command) -> {
      if (to.equals(GUEST)) {
        return own.send(to, command);
      }
      atHost.add(command);
      return command instanceof PartyCommand.AskSlots ask
          ? own.send(
              GUEST, new PartyCommand.SlotsGranted(ask.jobId(), ask.askRound(), Map.of(HOST, 1)))
          : CompletableFuture.completedStage(null);
    };
  }

  @AfterEach
  void close() {
    gate.countDown();
    site.close();
  }

  private List<Integer> started() {
    return atHost.stream()
        .filter(PartyCommand.StartTask.class::isInstance)
        .map(start -> ((PartyCommand.StartTask) start).task().version())
        .distinct()
        .toList();
  }

  private void tellStart(String jobId, long when) {
    Await.value(
        site.localParties().send(GUEST, new PartyCommand.AskAlign(jobId, List.of(HOST), when)));
  }

  @Test
  void eachStartOfAServerCountsOnce() {
    Pipeline pipeline = Plans.two();
    pipeline.add("gated", "Gated");
    String jobId = Await.value(site.submit(pipeline.compile())).jobId();
    Await.until("it runs", () -> started().equals(List.of(0)));

    tellStart(jobId, 5);
    Await.until("what was lost runs again", () -> started().equals(List.of(0, 1)));
    tellStart(jobId, 5);
    tellStart(jobId, 5);
    // A turn behind them in the job's lane.
    Await.value(site.pipelines().describe(jobId, GUEST, "told"));
    assertThat(started()).containsExactly(0, 1);

    tellStart(jobId, 6);
    Await.until("it was lost once more", () -> started().equals(List.of(0, 1, 2)));
  }
}
