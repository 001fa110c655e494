package io.fedflow.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The promises of those who listen through {@link Telemetry}. */
public abstract class TelemetryContract {

  private static final String JOB = "202601010000000000000";
  private static final Party GUEST = Party.of("guest", "9999");
  private static final TaskId TASK = new TaskId(JOB, "lr_0", 2);
  private static final int THREADS = 4;
  private static final int TIMES = 50;

  /** The listener, always the same. */
  protected abstract Telemetry telemetry();

  /** How often it took note so far, by the simple name of the kind of signal; once, at the end. */
  protected abstract Map<String, Long> seen() throws Exception;

  /** One of every kind. */
  private static List<Signal> all() {
    return List.of(
        new Signal.TurnStored(JOB, Signal.COORDINATOR, 3, 2, 1, 1_500_000),
        new Signal.StoreRetried(JOB, 2, 50, "the database is away"),
        new Signal.EffectDone(JOB, "guest:9999", "Report"),
        new Signal.CommandSent(JOB, GUEST, "StartTask", Signal.Delivery.ARRIVED, 1, 7_000, ""),
        new Signal.CommandRetried(JOB, GUEST, "StartTask", 4, 800, "no route"),
        new Signal.JobMoved(JOB, "guest:9999", JobStatus.READY, JobStatus.WAITING, 1_500, ""),
        new Signal.MessageIgnored(JOB, "site", "AskSlots", "no party waits"),
        new Signal.AttemptStarted(TASK, GUEST, "HeteroLR"),
        new Signal.AttemptEnded(TASK, GUEST, "HeteroLR", TaskStatus.FAILED, 3_000L, "out of data"),
        new Signal.SlotsGranted(JOB, 4, 1_200),
        new Signal.JobTakenOver(JOB),
        new Signal.InstanceFenced("a-b-c"));
  }

  /** What the engine has little to say about: a lost plan, a first try, a clock set back. */
  private static List<Signal> bare() {
    return List.of(
        new Signal.TurnStored(JOB, "guest:9999", 0, 0, 1, 0),
        new Signal.EffectDone(JOB, Signal.COORDINATOR, ""),
        new Signal.CommandSent(JOB, GUEST, "StartTask", Signal.Delivery.LOST, 0, 0, ""),
        new Signal.JobMoved(JOB, Signal.COORDINATOR, JobStatus.READY, JobStatus.FAILED, 0, ""),
        new Signal.MessageIgnored(JOB, "guest:9999", "", ""),
        new Signal.AttemptStarted(TASK, GUEST, ""),
        new Signal.AttemptEnded(TASK, GUEST, "", TaskStatus.CANCELED, 0, ""),
        new Signal.SlotsGranted(JOB, 0, 0));
  }

  @Test
  void O1_everyKindOfSignal_isTakenNoteOf() throws Exception {
    Set<Class<?>> kinds = all().stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(kinds).isEqualTo(new HashSet<>(List.of(Signal.class.getPermittedSubclasses())));
    all().forEach(telemetry()::signal);
    assertThat(seen())
        .containsExactlyInAnyOrderEntriesOf(
            kinds.stream().collect(Collectors.toMap(Class::getSimpleName, kind -> 1L)));
  }

  @Test
  void O2_bareSignals_areTakenLikeOthers() throws Exception {
    bare().forEach(telemetry()::signal);
    assertThat(seen())
        .containsExactlyInAnyOrderEntriesOf(
            bare().stream()
                .collect(Collectors.toMap(each -> each.getClass().getSimpleName(), each -> 1L)));
  }

  @Test
  void O3_signalsOfManyThreads_areAllTakenNoteOf() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int k = 0; k < TIMES; k++) {
                  all().forEach(telemetry()::signal);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(seen())
        .hasSize(all().size())
        .allSatisfy((kind, times) -> assertThat(times).as(kind).isEqualTo(THREADS * TIMES));
  }
}
