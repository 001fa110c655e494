package io.fedflow.job;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.JOB;
import static io.fedflow.fakes.Plans.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.HastyTimer;
import io.fedflow.fakes.ManualTime;
import io.fedflow.fakes.Plans;
import io.fedflow.memory.MemoryStores;
import io.fedflow.memory.ThreadTimers;
import io.fedflow.queue.JobEvent;
import io.fedflow.queue.JobEventBus;
import io.fedflow.queue.SlotLedger;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.Signal;
import io.fedflow.spi.Stores;
import io.fedflow.spi.Timers;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.StoredTrackingManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnStoreTest {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Stores memory = MemoryStores.create();
  private final FlakyJobStore flaky = new FlakyJobStore(memory.jobs());
  private final HastyTimer timer = new HastyTimer();
  private final JobEventBus bus = new JobEventBus(memory.jobs(), new ThreadTimers(timer));
  private final List<JobEvent> followed = new ArrayList<>();
  private final List<Signal> told = new CopyOnWriteArrayList<>();
  private final TurnStore store = over(flaky.in(memory), 0);
  private PartyState state = Plans.created(Plans.diamond(), GUEST);

  private TurnStore over(Stores stores, long lastSequence) {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(77));
    return over(stores, clock, new ThreadTimers(timer), new StoreWatch(clock), lastSequence);
  }

  private TurnStore over(ManualTime time, StoreWatch watch) {
    return over(flaky.in(memory), time, time, watch, 0);
  }

  private TurnStore over(
      Stores stores, InstantSource clock, Timers timers, StoreWatch watch, long lastSequence) {
    return new TurnStore(JOB, parts(stores, clock, timers), watch, lastSequence);
  }

  private EngineParts parts(Stores stores, InstantSource clock, Timers timers) {
    return new EngineParts(
        stores,
        new StoredTrackingManager(stores.jobs(), stores.tracking()),
        bus,
        new SlotLedger(1, 1),
        null,
        (to, command) -> CompletableFuture.completedStage(null),
        party -> true,
        new ComponentCatalog(List.of()),
        clock,
        Runnable::run,
        timers,
        Duration.ZERO,
        PATIENCE,
        new IgnoredEvents(),
        JobPolicy.ALLOW_ALL,
        told::add,
        Runnable::run,
        io.fedflow.spi.PeerWatch.NONE);
  }

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  private void apply(TurnStore into, PartyEvent event) {
    PartyState next = PartyMachine.apply(state, event, 2).next();
    Await.value(into.party(state, next));
    state = next;
  }

  private List<String> log() {
    return Await.value(memory.tracking().log(JOB, GUEST, "", LogLine.Level.DEBUG, 0, 100)).stream()
        .map(line -> line.level() + " " + line.component() + " " + line.text())
        .toList();
  }

  @Test
  void storesWhatChangedWithItsEventsAndLines() {
    bus.follow(JOB, 0, followed::add);
    Await.value(store.party(null, state));
    apply(store, new PartyEvent.JobTold(JobStatus.WAITING, 0, ""));
    apply(store, new PartyEvent.JobTold(JobStatus.RUNNING, 0, ""));
    apply(store, new PartyEvent.StartAsked(task("a")));
    apply(store, new PartyEvent.JobTold(JobStatus.FAILED, 25, "host:2 a: broke"));
    assertThat(followed)
        .extracting(
            event -> event.sequence() + " " + event.kind() + " " + event.details().get("status"))
        .containsExactly(
            "1 job.status ready",
            "2 job.status waiting",
            "3 job.status running",
            "4 task.status running",
            "5 task.party_status running",
            "6 job.status failed",
            "7 task.status canceled",
            "8 task.party_status canceled");
    assertThat(followed).allSatisfy(event -> assertThat(event.time()).isEqualTo(77));
    assertThat(Await.value(memory.jobs().events(JOB, 0, 100))).isEqualTo(followed);
    assertThat(log())
        .containsExactly(
            "INFO  job is ready",
            "INFO  job is waiting",
            "INFO  job is running",
            "INFO a a is running",
            "ERROR  job is failed: host:2 a: broke",
            "INFO a a is canceled: host:2 a: broke");
  }

  @Test
  void progressIsAnEventButNoLine() {
    Await.value(store.party(null, state));
    apply(store, new PartyEvent.JobTold(JobStatus.WAITING, 0, ""));
    apply(store, new PartyEvent.JobTold(JobStatus.WAITING, 10, ""));
    List<JobEvent> events = Await.value(memory.jobs().events(JOB, 0, 100));
    assertThat(events.get(2).details()).containsEntry("progress", 10);
    assertThat(log()).hasSize(2);
  }

  @Test
  void goesOnAfterTheLastSequence() {
    Await.value(store.party(null, state));
    TurnStore later = over(memory, 1);
    apply(later, new PartyEvent.JobTold(JobStatus.WAITING, 0, ""));
    assertThat(Await.value(memory.jobs().events(JOB, 0, 100)))
        .extracting(JobEvent::sequence)
        .containsExactly(1L, 2L);
  }

  @Test
  void triesAgainWhileTheStoreIsDownWithGrowingPauses() {
    flaky.commits(
        (number, turn, sound) ->
            number <= 9 ? CompletableFuture.failedStage(FlakyJobStore.down()) : sound.commit(turn));
    Await.value(store.party(null, state));
    assertThat(timer.asked())
        .containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
    apply(store, new PartyEvent.JobTold(JobStatus.WAITING, 0, ""));
    assertThat(Await.value(memory.jobs().events(JOB, 0, 100))).hasSize(2);
  }

  @Test
  void tellsOfEveryTryAndOfWhatIsDurable() {
    flaky.commits(
        (number, turn, sound) ->
            number <= 2 ? CompletableFuture.failedStage(FlakyJobStore.down()) : sound.commit(turn));
    Await.value(store.party(null, state));
    assertThat(told)
        .hasSize(3)
        .startsWith(
            new Signal.StoreRetried(JOB, 1, 50, "the store is down"),
            new Signal.StoreRetried(JOB, 2, 100, "the store is down"));
    assertThat(told.get(2))
        .isInstanceOfSatisfying(
            Signal.TurnStored.class,
            stored -> {
              assertThat(stored.by()).isEqualTo(GUEST.toString());
              assertThat(stored.rows()).isEqualTo(1 + state.tasks().size());
              assertThat(stored.events()).isEqualTo(1);
              assertThat(stored.tries()).isEqualTo(3);
              assertThat(stored.nanos()).isPositive();
            });
  }

  @Test
  void waitsForAStoreThatIsDownForMinutes() {
    ManualTime time = new ManualTime();
    StoreWatch watch = new StoreWatch(time);
    TurnStore waiting = over(time, watch);
    down();
    CompletableFuture<Void> stored = waiting.party(null, state).toCompletableFuture();
    assertThat(watch.outage()).as("a moment is no outage").isEmpty();
    time.pass(PATIENCE.toMillis() - 10_000);
    assertThat(stored).isNotDone();
    assertThat(time.pause()).isBetween(1L, 5_000L);
    long nextTry = time.millis() + time.pause();
    assertThat(watch.outage()).contains(new StoreOutage(1_000, nextTry, "the store is down"));
    assertThat(waiting.writing().nextTry()).isEqualTo(nextTry);
    assertThat(waiting.writing().since()).isEqualTo(1_000);
    flaky.commits((number, turn, sound) -> sound.commit(turn));
    time.pass(5_000);
    assertThat(stored).isCompleted();
    assertThat(watch.outage()).isEmpty();
    assertThat(waiting.writing()).isNull();
    assertThat(Await.value(memory.jobs().events(JOB, 0, 100))).hasSize(1);
  }

  @Test
  void givesUpWhenItsPatienceIsOver() {
    ManualTime time = new ManualTime();
    StoreWatch watch = new StoreWatch(time);
    down();
    CompletableFuture<Void> stored = over(time, watch).party(null, state).toCompletableFuture();
    time.pass(PATIENCE.toMillis() + 5_000);
    FedflowException why = Await.failure(stored);
    assertThat(why.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(why).hasMessageContaining("600 s").hasMessageContaining("the store is down");
    assertThat(watch.outage()).isEmpty();
    assertThat(time.pause()).as("nothing is tried again").isNegative();
  }

  @Test
  void aWriteOfUnknownFateIsWaitedForJustTheSame() {
    ManualTime time = new ManualTime();
    FedflowException unknown =
        new FedflowException(FailureKind.UNKNOWN, "store.unknown", "no answer");
    flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(unknown));
    CompletableFuture<Void> stored =
        over(time, new StoreWatch(time)).party(null, state).toCompletableFuture();
    time.pass(PATIENCE.toMillis() - 10_000);
    assertThat(stored).isNotDone();
    time.pass(15_000);
    assertThat(Await.failure(stored).kind()).isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void whatIsClosedWhileItWaitsIsNotTriedAgain() {
    ManualTime time = new ManualTime();
    StoreWatch watch = new StoreWatch(time);
    TurnStore waiting = over(time, watch);
    down();
    CompletableFuture<Void> stored = waiting.party(null, state).toCompletableFuture();
    time.pass(10_000);
    assertThat(watch.outage()).isPresent();
    int tries = flaky.count();
    FedflowException why = FedflowException.cancelled("closed");
    waiting.close(why);
    assertThat(Await.failure(stored)).isSameAs(why);
    assertThat(watch.outage()).isEmpty();
    time.pass(PATIENCE.toMillis());
    assertThat(flaky.count()).isEqualTo(tries);
  }

  private void down() {
    flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.down()));
  }

  @Test
  void aStoreThatThrowsIsAsOneThatFails() {
    flaky.commits(
        (number, turn, sound) -> {
          throw number < 3 ? FlakyJobStore.down() : FlakyJobStore.conflict();
        });
    assertThat(Await.failure(store.party(null, state)).code()).isEqualTo("store.revision");
    assertThat(flaky.count()).isEqualTo(3);
  }

  @Test
  void anyOtherFailureIsFinal() {
    flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.conflict()));
    bus.follow(JOB, 0, followed::add);
    assertThat(Await.failure(store.party(null, state)).code()).isEqualTo("store.revision");
    assertThat(flaky.count()).isEqualTo(1);
    assertThat(followed).isEmpty();
  }

  @Test
  void aTimerThatEndedEndsTheTries() {
    flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.down()));
    timer.shutdownNow();
    assertThat(Await.failure(store.party(null, state)).code()).isEqualTo("site.closed");
  }

  @Test
  void closingEndsTheWriteThatIsUnderWay() {
    flaky.commits((number, turn, sound) -> new CompletableFuture<>());
    CompletableFuture<Void> write = store.party(null, state).toCompletableFuture();
    FedflowException why = FedflowException.cancelled("closed");
    store.close(why);
    assertThat(Await.failure(write)).isSameAs(why);
    assertThat(Await.failure(store.party(null, state))).isSameAs(why);
    assertThat(flaky.count()).isEqualTo(1);
  }

  @Test
  void linesAreStoredWithTheirTurnOrNotAtAll() {
    flaky.commits((number, turn, sound) -> CompletableFuture.failedStage(FlakyJobStore.conflict()));
    Await.failure(store.party(null, state));
    assertThat(log()).isEmpty();
  }

  @Test
  void aCoordinatorsRowMayShareATurnWithAParty() {
    Await.value(store.party(null, state));
    apply(store, new PartyEvent.JobTold(JobStatus.WAITING, 0, ""));
    PartyState running = PartyMachine.apply(state, new PartyEvent.StartAsked(task("a")), 2).next();
    CoordinationRow row = CoordinatorMachine.begin(JOB, Plans.diamond(), 2);
    Await.value(store.turn(List.of(new TurnStore.Change(state, running)), Optional.of(row)));
    assertThat(Await.value(memory.jobs().coordination(JOB))).contains(row);
    assertThat(Await.value(memory.jobs().events(JOB, 2, 100)))
        .extracting(JobEvent::kind)
        .containsExactly("job.status", "task.status", "task.party_status");
  }
}
