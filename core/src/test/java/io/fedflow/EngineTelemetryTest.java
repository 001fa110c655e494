package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.FlakyJobStore;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.Signal;
import io.fedflow.spi.Stores;
import io.fedflow.spi.Telemetry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a site tells its telemetry. */
@Timeout(60)
class EngineTelemetryTest {

  private final Stores memory = EngineStores.fresh();
  private final FlakyJobStore flaky = new FlakyJobStore(memory.jobs());
  private final List<Signal> told = new CopyOnWriteArrayList<>();
  private final AtomicReference<Party> away = new AtomicReference<>();
  private final CountDownLatch inside = new CountDownLatch(2);
  private final CountDownLatch opened = new CountDownLatch(1);

  private FedflowBuilder site(Telemetry telemetry) {
    return Fedflow.builder()
        .stores(flaky.in(memory))
        .telemetry(telemetry)
        .components(
            new ComponentCatalog(
                List.of(
                    Fake.idle("Step"),
                    Fake.of("SecondTime", EngineTelemetryTest::secondTime),
                    Fake.of(
                        "Opened",
                        context -> {
                          inside.countDown();
                          opened.await();
                          return TaskOutputs.none();
                        }))))
        .links(
            (own, mailboxes) ->
                new FedflowBuilder.Links(
                    (to, command) ->
                        to.equals(away.get())
                            ? CompletableFuture.failedStage(
                                new FedflowException(
                                    FailureKind.UNAVAILABLE, "party.unreachable", to + " is away"))
                            : own.send(to, command),
                    mailboxes,
                    any -> true));
  }

  private static TaskOutputs secondTime(TaskContext context) {
    if (context.task().version() == 0 && context.self().equals(HOST)) {
      throw new IllegalStateException("not the first time");
    }
    return TaskOutputs.none();
  }

  private static Pipeline pipeline(String... modules) {
    Pipeline pipeline = Plans.two();
    String before = null;
    for (String module : modules) {
      String name = module.toLowerCase(java.util.Locale.ROOT);
      var added = pipeline.add(name, module);
      if (before != null) {
        added.data(before);
      }
      before = name;
    }
    return pipeline;
  }

  private <S extends Signal> List<S> told(Class<S> kind) {
    return told.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private List<String> moves(String by) {
    return told(Signal.JobMoved.class).stream()
        .filter(move -> move.by().equals(by))
        .map(move -> move.from() + " " + move.to())
        .toList();
  }

  private List<String> ends(String component, Party party) {
    return told(Signal.AttemptEnded.class).stream()
        .filter(end -> end.task().component().equals(component) && end.party().equals(party))
        .map(end -> end.task().version() + " " + end.module() + " " + end.status())
        .toList();
  }

  @Test
  void everyKindOfSignalComesFromAJobInTrouble() {
    try (Fedflow site = site(told::add).build()) {
      flaky.commits(
          (number, turn, sound) ->
              number == 2
                  ? CompletableFuture.failedStage(FlakyJobStore.down())
                  : sound.commit(turn));
      Pipeline pipeline = pipeline("Opened", "SecondTime").jobParameter("auto_retries", 1);
      JobHandle job = Await.value(site.submit(pipeline.compile()));
      TaskId first = new TaskId(job.jobId(), "opened", 0);
      awaitInside();
      Await.value(site.localParties().send(GUEST, new PartyCommand.StartTask(first)));
      away.set(HOST);
      opened.countDown();
      Await.until("the host was missed", () -> !told(Signal.CommandRetried.class).isEmpty());
      away.set(null);
      assertThat(Await.value(job.completion()).good()).isTrue();
      Await.until("nothing is live", () -> site.engine().live().isEmpty());

      // Of several servers tells EngineTakeOverTest.
      Set<Class<?>> kinds = new HashSet<>(List.of(Signal.class.getPermittedSubclasses()));
      kinds.removeAll(List.of(Signal.JobTakenOver.class, Signal.InstanceFenced.class));
      assertThat(told.stream().map(Object::getClass).collect(Collectors.<Class<?>>toSet()))
          .isEqualTo(kinds);
      assertThat(told(Signal.SlotsGranted.class))
          .containsExactly(new Signal.SlotsGranted(job.jobId(), 4, 0));
      assertThat(told).extracting(Signal::jobId).containsOnly(job.jobId());
      assertThat(moves(Signal.COORDINATOR))
          .containsExactly("READY WAITING", "WAITING RUNNING", "RUNNING SUCCESS");
      assertThat(moves(HOST.toString()))
          .containsExactly("READY WAITING", "WAITING RUNNING", "RUNNING SUCCESS");
      assertThat(ends("opened", GUEST)).containsExactly("0 Opened SUCCESS");
      assertThat(ends("secondtime", HOST))
          .containsExactly("0 SecondTime FAILED", "1 SecondTime SUCCESS");
      assertThat(told(Signal.AttemptStarted.class)).hasSameSizeAs(told(Signal.AttemptEnded.class));
      assertThat(told(Signal.StoreRetried.class))
          .containsExactly(new Signal.StoreRetried(job.jobId(), 1, 50, "the store is down"));
      assertThat(told(Signal.TurnStored.class))
          .filteredOn(stored -> stored.tries() == 2)
          .hasSize(1);
      assertThat(told(Signal.MessageIgnored.class))
          .anySatisfy(
              ignored -> {
                assertThat(ignored.by()).isEqualTo(GUEST.toString());
                assertThat(ignored.message()).isEqualTo("StartAsked");
                assertThat(ignored.cause()).contains("RUNNING already");
              });
      assertThat(told(Signal.EffectDone.class))
          .extracting(Signal.EffectDone::effect)
          .contains("AskSlots", "Command", "Finish", "RunTask", "Report", "Forget");
    }
  }

  private void awaitInside() {
    Await.until("both parts run", () -> inside.getCount() == 0);
  }

  @Test
  void aFailureIsToldWithItsCause() {
    try (Fedflow site = site(told::add).build()) {
      JobHandle job = Await.value(site.submit(pipeline("SecondTime").compile()));
      assertThat(Await.value(job.completion()).status()).isEqualTo(JobStatus.FAILED);
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      assertThat(told(Signal.AttemptEnded.class))
          .filteredOn(end -> end.party().equals(HOST))
          .singleElement()
          .satisfies(
              end -> {
                assertThat(end.status()).isEqualTo(TaskStatus.FAILED);
                assertThat(end.cause()).contains("not the first time");
                assertThat(end.nanos()).isPositive();
              });
      assertThat(told(Signal.JobMoved.class))
          .filteredOn(move -> move.to() == JobStatus.FAILED)
          .extracting(Signal.JobMoved::by)
          .containsExactlyInAnyOrder(Signal.COORDINATOR, GUEST.toString(), HOST.toString());
      assertThat(told(Signal.JobMoved.class))
          .filteredOn(move -> move.to() == JobStatus.FAILED)
          .allSatisfy(move -> assertThat(move.cause()).contains("not the first time"));
    }
  }

  @Test
  void aLostCommandIsTold() {
    try (Fedflow site = site(told::add).peerPatience(Duration.ZERO).build()) {
      away.set(HOST);
      Await.failure(site.submit(pipeline("Step").compile()));
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      assertThat(told(Signal.CommandSent.class))
          .filteredOn(sent -> sent.to().equals(HOST))
          .isNotEmpty()
          .allSatisfy(
              sent -> {
                assertThat(sent.delivery()).isEqualTo(Signal.Delivery.LOST);
                assertThat(sent.cause()).isEqualTo("host:2 is away");
              });
    }
  }

  @Test
  void telemetryThatThrowsHarmsNothing() {
    Telemetry broken =
        signal -> {
          told.add(signal);
          if (told.size() % 2 == 0) {
            throw new IllegalStateException("telemetry is broken");
          }
          throw new NoClassDefFoundError("telemetry is incomplete");
        };
    try (Fedflow site = site(broken).build()) {
      Pipeline pipeline = pipeline("Step", "SecondTime").jobParameter("auto_retries", 1);
      JobHandle job = Await.value(site.submit(pipeline.compile()));
      assertThat(Await.value(job.completion()).good()).isTrue();
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      assertThat(site.health().failure()).isEmpty();
      assertThat(told).hasSizeGreaterThan(20);
    }
  }
}
