package io.fedflow.job;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.Plans;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.queue.JobEvent;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The turns of a job whose parties are all at one site. */
@Timeout(60)
class JobTurnTest {

  private final Stores memory = MemoryStores.create();
  private final Queue<StoreTurn> turns = new ConcurrentLinkedQueue<>();
  private String jobId;

  @BeforeEach
  void runAJobOfTwoSteps() {
    FlakyJobStore watched =
        new FlakyJobStore(memory.jobs())
            .commits(
                (number, turn, sound) -> {
                  turns.add(turn);
                  return sound.commit(turn);
                });
    Pipeline pipeline = Plans.two();
    pipeline.add("one", "Step");
    pipeline.add("two", "Step").data("one");
    try (Fedflow site =
        Fedflow.builder()
            .stores(watched.in(memory))
            .components(
                new ComponentCatalog(List.of(Fake.of("Step", context -> TaskOutputs.none()))))
            .build()) {
      JobHandle handle = Await.value(site.submit(pipeline.compile()));
      jobId = handle.jobId();
      assertThat(Await.value(handle.completion()).good()).isTrue();
      Await.until("all is over", () -> Await.value(memory.jobs().unfinished()).isEmpty());
    }
  }

  private static boolean starts(TaskRow row, Party party) {
    return row.task().component().equals("two")
        && row.party().equals(party)
        && row.partyStatus() == TaskStatus.RUNNING
        && row.revision() == 2;
  }

  @Test
  void whatAllLocalPartiesAreToldIsOneTurn() {
    List<StoreTurn> starting =
        turns.stream()
            .filter(turn -> turn.tasks().stream().anyMatch(row -> starts(row, GUEST)))
            .toList();
    assertThat(starting).hasSize(1);
    assertThat(starting.get(0).tasks()).anyMatch(row -> starts(row, HOST));
    // Both hear in the same turn that the step before is over.
    assertThat(starting.get(0).tasks())
        .filteredOn(row -> row.task().component().equals("one"))
        .extracting(TaskRow::status)
        .containsExactly(TaskStatus.SUCCESS, TaskStatus.SUCCESS);
  }

  @Test
  void noRowChangesTwiceInATurn() {
    for (StoreTurn turn : turns) {
      List<Object> rows = new ArrayList<>();
      turn.jobs().forEach(row -> rows.add(row.party()));
      turn.tasks().forEach(row -> rows.add(List.of(row.task(), row.party())));
      assertThat(rows).doesNotHaveDuplicates();
    }
  }

  @Test
  void aStatusIsToldBeforeWhatFollowsFromIt() {
    List<JobEvent> events = Await.value(memory.jobs().events(jobId, 0, 1000));
    Set<Party> over = new HashSet<>();
    for (JobEvent event : events) {
      assertThat(over).as("%s after the end", event).doesNotContain(event.party());
      if (event.kind().equals("job.status") && event.details().get("status").equals("success")) {
        over.add(event.party());
      }
    }
    assertThat(over).containsExactlyInAnyOrder(GUEST, HOST);
  }
}
