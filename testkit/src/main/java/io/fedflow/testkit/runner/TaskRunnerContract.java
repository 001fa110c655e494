package io.fedflow.testkit.runner;

import static io.fedflow.testkit.runner.RunnerWorld.GUEST;
import static io.fedflow.testkit.runner.RunnerWorld.HOST;
import static io.fedflow.testkit.runner.RunnerWorld.JOB;
import static io.fedflow.testkit.runner.RunnerWorld.other;
import static io.fedflow.testkit.runner.RunnerWorld.task;
import static io.fedflow.testkit.runner.RunnerWorld.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fedflow.FedflowBuilder.RunnerParts;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.data.Stages;
import io.fedflow.failure.Confidential;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.job.PartyEvent;
import io.fedflow.job.TaskRunner;
import io.fedflow.job.TaskStatus;
import io.fedflow.model.ComponentModel;
import io.fedflow.table.Table;
import io.fedflow.table.TableCodec;
import io.fedflow.testkit.runner.RunnerWorld.Ends;
import io.fedflow.testkit.store.StoreRows;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The promises of {@link TaskRunner}, as far as its capabilities go. */
@Timeout(120)
public abstract class TaskRunnerContract {

  private static final int RACES = 8;

  private RunnerWorld world;

  /** A runner that finds the component {@link Scripted} by its module name. */
  protected abstract TaskRunner newRunner(RunnerParts parts);

  @BeforeEach
  final void open() {
    Scripted.release(false);
    world = new RunnerWorld(this::newRunner);
  }

  @AfterEach
  final void close() {
    Scripted.release(true);
    world.close();
  }

  /** The world of the running test. */
  protected final RunnerWorld world() {
    return world;
  }

  @Test
  void R1_aPartStartedTwice_runsOnce() throws Exception {
    Ends first = world.start(work(0, "say here", "hear go"));
    Ends second = world.start(work(0, "say here", "hear go"));
    world.hear(task(0), "here");
    world.say(task(0), "go");
    assertThat(first.await().status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(world.run(work(other(1), Map.of())).status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(second.none()).isTrue();
    assertThat(world.silent()).isTrue();
  }

  @Test
  void R1_partsThatWaitForEachOther_runAtTheSameTime() throws Exception {
    List<Ends> all = new ArrayList<>();
    for (int i = 0; i < RACES; i++) {
      all.add(world.start(work(other(i), Map.of("steps", List.of("hear go")))));
    }
    for (int i = RACES - 1; i >= 0; i--) {
      world.say(other(i), "go");
      assertThat(all.get(i).await().status()).isEqualTo(TaskStatus.SUCCESS);
    }
  }

  @Test
  void R2_everyEnd_isToldOnce() throws Exception {
    Ends good = world.start(work(other(1), Map.of()));
    Ends bad = world.start(work(other(2), Map.of("steps", List.of("throw it"))));
    Ends stopped = world.start(work(other(3), Map.of("steps", List.of("wait"))));
    world.runner().stop(other(3), GUEST, "enough");
    for (Ends ends : List.of(good, bad, stopped)) {
      ends.await();
    }
    world.runner().stop(other(1), GUEST, "late");
    world.runner().close();
    world.awaitThreads();
    for (Ends ends : List.of(good, bad, stopped)) {
      assertThat(ends.none()).isTrue();
    }
  }

  @Test
  void R2_anEndThatRacesWithAStop_isToldOnce() throws Exception {
    List<Ends> all = new ArrayList<>();
    for (int i = 0; i < RACES; i++) {
      all.add(world.start(work(other(i), Map.of("steps", List.of("hear go", "output")))));
    }
    for (int i = 0; i < RACES; i++) {
      TaskId task = other(i);
      CompletableFuture<Void> stop =
          CompletableFuture.runAsync(() -> world.runner().stop(task, GUEST, "race"));
      world.say(task, "go");
      TaskStatus status = all.get(i).await().status();
      stop.join();
      assertThat(status).isIn(TaskStatus.SUCCESS, TaskStatus.CANCELED);
      assertThat(outputs(task).isEmpty()).isEqualTo(status == TaskStatus.CANCELED);
    }
    world.runner().close();
    world.awaitThreads();
    assertThat(all).allSatisfy(ends -> assertThat(ends.none()).isTrue());
  }

  @Test
  void R2_anEnd_isNeverToldInsideACall() throws Exception {
    Thread caller = Thread.currentThread();
    CompletableFuture<Thread> teller = new CompletableFuture<>();
    world.runner().start(work(0, "wait"), end -> teller.complete(Thread.currentThread()));
    world.runner().stop(task(0), GUEST, "enough");
    assertThat(teller.get()).isNotSameAs(caller);
  }

  @Test
  void R3_whatTheComponentIsTold_isWhatTheJobSays() throws Exception {
    PartyEvent.TaskEnded end = world.run(work(0, "facts"));
    assertThat(end.status()).as(end.cause()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(world.hear(task(0), "facts"))
        .isEqualTo(
            "{task="
                + task(0)
                + ", self="
                + GUEST
                + ", parties="
                + List.of(GUEST, HOST)
                + ", seed="
                + RunnerWorld.seed(task(0))
                + ", parallel=true, fed=true,false, kinds=[data], source=args.numbers, isometric=1,"
                + " traffic=Traffic[messagesSent=0, bytesSent=0, messagesReceived=0,"
                + " bytesReceived=0]}");
    assertThat(end.traffic().messagesSent()).isEqualTo(1);
  }

  @Test
  void R3_parameters_arriveAsTheyAre() throws Exception {
    Map<String, Object> tree = StoreRows.tree();
    world.run(work(task(0), Map.of("steps", List.of("params"), "tree", tree)));
    Map<String, Object> echoed =
        Stages.join(world.stores().tracking().summary(task(0), GUEST)).orElseThrow();
    assertThat(echoed).containsEntry("tree", tree).containsEntry("rate", 0.25);
    assertThat(echoed).containsEntry("steps", List.of("params")).containsEntry("need_run", true);
  }

  @Test
  void R3_tablesAndModels_crossUnchanged() throws Exception {
    assertThat(world.run(work(0, "output", "read numbers", "model")).cause()).isEmpty();
    List<OutputData> outputs = outputs(task(0));
    assertThat(outputs).extracting(OutputData::dataName).containsExactly("data", "more");
    for (OutputData output : outputs) {
      assertThat(bytes(world.data().read(output.namespace(), output.name())))
          .isEqualTo(bytes(RunnerWorld.table()));
    }
    ComponentModel stored = world.models().load(JOB, GUEST, "part_0").orElseThrow();
    assertThat(stored.messages()).isEqualTo(RunnerWorld.model().messages());
    assertThat(stored.alias()).isEqualTo("learned");
  }

  @Test
  void R3_caches_crossUnchanged() throws Exception {
    TaskId maker = RunnerWorld.other(1);
    assertThat(world.run(work(maker, Map.of("steps", List.of("cache é 1")))).cause()).isEmpty();
    assertThat(world.run(world.workWithCacheOf(maker, "cached")).cause()).isEmpty();
    assertThat(world.hear(task(0), "cached")).isEqualTo("é 1:é 1");
  }

  @Test
  void R3_aTableThatIsNotThere_isRefusedLikeHere() throws Exception {
    PartyEvent.TaskEnded end = world.run(work(0, "read nothing"));
    assertThat(end.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(end.cause())
        .startsWith(GUEST + " part_0: ")
        .contains("table given.nothing is unknown at this site");
  }

  @Test
  void R3_reports_areStoredInOrder() throws Exception {
    assertThat(
            world.run(work(0, "log first", "metric loss", "log second", "summary done")).status())
        .isEqualTo(TaskStatus.SUCCESS);
    assertThat(metrics(task(0)))
        .extracting(MetricValue::namespace, MetricValue::name, m -> point(m).toString())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "train", "loss", new MetricPoint(1, 0.5).toString()),
            org.assertj.core.groups.Tuple.tuple(
                "train", "loss", new MetricPoint("end", 1L).toString()));
    assertThat(Stages.join(world.stores().tracking().metricMetas(task(0), GUEST)))
        .extracting(MetricMeta::metricType)
        .containsExactly("LOSS");
    assertThat(Stages.join(world.stores().tracking().summary(task(0), GUEST)))
        .contains(Map.of("said", "done"));
    assertThat(log()).containsSubsequence("first", "second");
  }

  @Test
  void R3_messages_crossUnchanged() throws Exception {
    List<Payload> sent = new ArrayList<>();
    for (Payload.Format format : Payload.Format.values()) {
      sent.add(new Payload(format, noise(format.ordinal() * 1000)));
    }
    sent.add(Payload.ofCiphertexts(noise(5_000_000)));
    for (int i = 0; i < sent.size(); i++) {
      Ends ends = world.start(work(i, "echo it"));
      world.say(task(i), "it", sent.get(i));
      assertThat(world.hearPayload(task(i), "echo")).isEqualTo(sent.get(i));
      PartyEvent.TaskEnded end = ends.await();
      assertThat(end.traffic().bytesReceived()).isEqualTo(sent.get(i).size());
    }
  }

  @Test
  void R3_randomness_isFresh_theOwnKeyRepeats_andComputeWorks() throws Exception {
    world.run(work(0, "draw"));
    String first = world.hear(task(0), "drawn");
    String key = world.hear(task(0), "own key");
    world.run(work(1, "draw", "compute"));
    assertThat(world.hear(task(1), "drawn")).isNotEqualTo(first);
    assertThat(world.hear(task(1), "own key")).isEqualTo(key).hasSize(64);
    assertThat(world.hear(task(1), "computed")).isEqualTo("7");
  }

  @Test
  void R3_aPartThatNeedNotRun_handsItsInputOn() throws Exception {
    PartyEvent.TaskEnded end =
        world.run(work(task(0), Map.of("need_run", false, "steps", List.of("throw it"))));
    assertThat(end.status()).isEqualTo(TaskStatus.PASS);
    assertThat(outputs(task(0))).hasSize(1);
  }

  @Test
  void R3_aGoodEnd_isToldOnceEverythingIsStored() throws Exception {
    GatedBlobs.Gate gate = world.blobs().hold("table/");
    Ends ends = world.start(work(0, "output", "interrupted"));
    gate.awaitReached();
    assertThat(ends.none()).isTrue();
    gate.open().countDown();
    assertThat(ends.await().status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(outputs(task(0))).hasSize(1);
  }

  @Test
  void R4_aStoppedPart_endsWithTheReason() throws Exception {
    for (String step : List.of("wait", "hear nothing", "ignore")) {
      TaskId task = new TaskId(JOB, step.substring(0, 4), 0);
      Ends ends = world.start(work(task, Map.of("steps", List.of("say here", step))));
      world.hear(task, "here");
      world.runner().stop(task, GUEST, "the user said so");
      PartyEvent.TaskEnded end = ends.await();
      assertThat(end.status()).isEqualTo(TaskStatus.CANCELED);
      assertThat(end.cause()).contains(GUEST.toString(), "the user said so");
    }
  }

  @Test
  void R4_aPartStoppedAtOnce_ends() throws Exception {
    Ends ends = world.start(work(0, "wait"));
    world.runner().stop(task(0), GUEST, "changed my mind");
    assertThat(ends.await().status()).isEqualTo(TaskStatus.CANCELED);
  }

  @Test
  void R4_closing_endsEveryPart() throws Exception {
    Ends ends = world.start(work(0, "say here", "wait"));
    world.hear(task(0), "here");
    world.runner().close();
    assertThat(ends.await().cause()).contains("the site closes");
    FedflowException refusal =
        catchThrowableOfType(FedflowException.class, () -> world.start(work(1, "wait")));
    assertThat(refusal.code()).isEqualTo("task.no_thread");
  }

  @Test
  void R5_whatAStoppedComponentStillDoes_isWithoutEffect() throws Exception {
    Ends ends =
        world.start(
            work(
                0,
                "say here",
                "metric early",
                "summary early",
                "ignore",
                "metric late",
                "summary late",
                "log late",
                "try keep 9",
                "try say late",
                "output",
                "model"));
    world.hear(task(0), "here");
    world.runner().stop(task(0), GUEST, "enough");
    assertThat(ends.await().status()).isEqualTo(TaskStatus.CANCELED);
    Scripted.release(true);
    if (!world.runner().capabilities().kills()) {
      Scripted.awaitIdle();
    }
    RunnerWorld.until("no stray is left", () -> world.runner().strays().isEmpty());
    assertThat(metrics(task(0))).extracting(MetricValue::name).doesNotContain("late");
    assertThat(Stages.join(world.stores().tracking().summary(task(0), GUEST))).isEmpty();
    assertThat(log()).doesNotContain("late");
    assertThat(outputs(task(0))).isEmpty();
    assertThat(world.models().load(JOB, GUEST, "part_0")).isEmpty();
    world.run(work(1, "restore"));
    assertThat(world.hear(task(1), "restored")).isEqualTo("nothing");
    assertThat(world.silent()).isTrue();
  }

  @Test
  void R5_aPartThatStoresAlready_storesAllOfIt() throws Exception {
    GatedBlobs.Gate gate = world.blobs().hold("table/");
    Ends ends = world.start(work(0, "output", "model", "summary whole"));
    gate.awaitReached();
    world.runner().stop(task(0), GUEST, "too late");
    gate.open().countDown();
    assertThat(ends.await().status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(outputs(task(0))).hasSize(1);
    assertThat(world.models().load(JOB, GUEST, "part_0")).isPresent();
    assertThat(Stages.join(world.stores().tracking().summary(task(0), GUEST)))
        .contains(Map.of("said", "whole"));
  }

  @Test
  void R6_aLaterAttempt_waitsForWhatTheEarlierOneStores() throws Exception {
    GatedBlobs.Gate gate = world.blobs().hold("table/");
    Ends earlier = world.start(work(0, "output"));
    gate.awaitReached();
    Ends later = world.start(work(1, "say here"));
    world.run(work(other(7), Map.of()));
    assertThat(world.silent()).as("the later attempt did not begin").isTrue();
    gate.open().countDown();
    assertThat(world.hear(task(1), "here")).isEqualTo("here");
    assertThat(earlier.await().status()).isEqualTo(TaskStatus.SUCCESS);
    assertThat(later.await().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void R6_aLaterAttempt_fencesAnEarlierOne() throws Exception {
    Ends earlier = world.start(work(0, "say here", "wait"));
    world.hear(task(0), "here");
    Ends later = world.start(work(1, "output"));
    assertThat(earlier.await().status()).isEqualTo(TaskStatus.CANCELED);
    assertThat(later.await().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void R6_anEarlierAttempt_isRefusedWhileALaterOneIsHere() throws Exception {
    Ends later = world.start(work(1, "say here", "hear go"));
    world.hear(task(1), "here");
    FedflowException refusal =
        catchThrowableOfType(FedflowException.class, () -> world.start(work(0, "wait")));
    assertThat(refusal).as("an earlier attempt must be refused").isNotNull();
    assertThat(refusal.code()).isEqualTo("task.stale");
    world.say(task(1), "go");
    assertThat(later.await().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void R7_aComponentThatIgnoresItsEnd_isToldUntilItEnds() throws Exception {
    long before = System.currentTimeMillis();
    Ends ends = world.start(work(0, "say here", "ignore"));
    world.hear(task(0), "here");
    assertThat(world.runner().strays()).isEmpty();
    world.runner().stop(task(0), GUEST, "enough");
    ends.await();
    if (!world.runner().capabilities().kills()) {
      assertThat(world.runner().strays())
          .singleElement()
          .satisfies(
              stray -> {
                assertThat(stray.task()).isEqualTo(task(0));
                assertThat(stray.party()).isEqualTo(GUEST);
                assertThat(stray.reason()).isEqualTo("enough");
                assertThat(stray.since()).isBetween(before, System.currentTimeMillis());
                assertThat(stray.thread()).isNotEmpty();
                assertThat(stray.at()).isNotEmpty();
              });
      Scripted.release(true);
    }
    RunnerWorld.until("no stray is left", () -> world.runner().strays().isEmpty());
  }

  @Test
  void R7_aStray_keepsNoMessagesOfItsJob() throws Exception {
    Ends ends = world.start(work(0, "say here", "ignore"));
    world.hear(task(0), "here");
    world.say(task(0), "never taken");
    world.runner().stop(task(0), GUEST, "enough");
    ends.await();
    world.runner().forget(JOB);
    assertThat(world.mailboxes().pending()).isZero();
  }

  @Test
  void R8_whatAnAttemptKept_isGivenToTheNextUntilOneEndsWell() throws Exception {
    world.run(work(0, "restore", "keep 3", "keep 5", "restore", "throw it"));
    assertThat(world.hear(task(0), "restored")).isEqualTo("nothing");
    assertThat(world.hear(task(0), "restored")).isEqualTo("nothing");
    List<String> same = List.of("restore", "keep 3", "keep 5", "restore", "throw it");
    world.run(work(task(1), Map.of("steps", same)));
    assertThat(world.hear(task(1), "restored")).isEqualTo("5:5");
    assertThat(world.hear(task(1), "restored")).isEqualTo("5:5");
  }

  @Test
  void R8_aGoodEnd_dropsWhatWasKept() throws Exception {
    Map<String, Object> steps = Map.of("steps", List.of("restore", "keep 4", "hear end"));
    Ends first = world.start(work(task(0), steps));
    world.hear(task(0), "restored");
    world.runner().stop(task(0), GUEST, "enough");
    first.await();
    for (int version = 1; version <= 2; version++) {
      Ends next = world.start(work(task(version), steps));
      String restored = world.hear(task(version), "restored");
      world.say(task(version), "end");
      assertThat(next.await().status()).isEqualTo(TaskStatus.SUCCESS);
      if (version == 2) {
        assertThat(restored).isEqualTo("nothing");
      }
    }
  }

  @Test
  void R8_whatWasKeptWithOtherParameters_isNoStart() throws Exception {
    world.run(work(task(0), Map.of("steps", List.of("keep 4", "throw it"))));
    world.run(work(task(1), Map.of("steps", List.of("restore"))));
    assertThat(world.hear(task(1), "restored")).isEqualTo("nothing");
  }

  @Test
  void R9_whateverAComponentThrows_failsItsOwnPart() throws Exception {
    Ends beside = world.start(work(other(1), Map.of("steps", List.of("say here", "hear go"))));
    world.hear(other(1), "here");
    assertFailed(0, "refuse the label is constant", "the label is constant");
    assertFailed(1, "throw it", "the component threw java.lang.IllegalStateException: it");
    assertFailed(2, "error it", "the component threw java.lang.AssertionError: it");
    // The details are for this site alone.
    assertThat(Confidential.leaveOut(world.run(work(3, "throw it")).cause()))
        .startsWith(GUEST + " part_0: ")
        .doesNotContain("IllegalStateException");
    assertThat(log()).anySatisfy(line -> assertThat(line).contains("AssertionError: it"));
    world.say(other(1), "go");
    assertThat(beside.await().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void R9_aColumnThatAComponentRefuses_isToldToOtherSitesByItsAnonymousName() throws Exception {
    String cause = world.run(work(0, "column x")).cause();
    assertThat(cause).contains("column x: is refused").endsWith("[scripted.column]");
    assertThat(Confidential.leaveOut(cause))
        .startsWith(GUEST + " part_0: column guest_9999_0 ")
        .endsWith("[scripted.column]")
        .doesNotContain("column x");
  }

  @Test
  void R9_theEndOfItsProcess_failsItsOwnPart() throws Exception {
    assumeTrue(world.runner().capabilities().crashIsolation(), "no crash isolation is declared");
    Ends beside = world.start(work(other(1), Map.of("steps", List.of("say here", "hear go"))));
    world.hear(other(1), "here");
    assertFailed(0, "exit 9", "9");
    world.say(other(1), "go");
    assertThat(beside.await().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void R9_runningOutOfMemory_failsItsOwnPart() throws Exception {
    assumeTrue(world.runner().capabilities().memoryIsolation(), "no memory isolation is declared");
    Ends beside = world.start(work(other(1), Map.of("steps", List.of("say here", "hear go"))));
    world.hear(other(1), "here");
    assertFailed(0, "hog", "memory");
    world.say(other(1), "go");
    assertThat(beside.await().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void R10_temporaryFiles_goWithTheAttempt() throws Exception {
    int version = 0;
    for (String step : List.of("log done", "refuse it", "throw it")) {
      Ends ends = world.start(work(version, "scratch", "hear go", step));
      Path folder = Path.of(world.hear(task(version), "scratch"));
      assertThat(folder.resolve("file")).hasContent("written");
      world.say(task(version++), "go");
      ends.await();
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void R10_temporaryFilesOfAStoppedPart_go() throws Exception {
    world.start(work(0, "scratch", "wait"));
    Path folder = Path.of(world.hear(task(0), "scratch"));
    world.runner().stop(task(0), GUEST, "the user said so");
    RunnerWorld.until("the files are gone", () -> Files.notExists(folder));
  }

  @Test
  void R10_temporaryFilesOfAPartWhoseProcessEnded_go() throws Exception {
    assumeTrue(world.runner().capabilities().crashIsolation(), "no crash isolation is declared");
    Ends ends = world.start(work(0, "scratch", "exit 9"));
    Path folder = Path.of(world.hear(task(0), "scratch"));
    ends.awaitAny();
    assertThat(folder).doesNotExist();
  }

  private void assertFailed(int version, String step, String cause) throws InterruptedException {
    PartyEvent.TaskEnded end = world.run(work(version, step));
    assertThat(end.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(end.cause()).startsWith(GUEST + " part_0: ").contains(cause);
    assertThat(outputs(task(version))).isEmpty();
  }

  private List<OutputData> outputs(TaskId task) {
    return Stages.join(world.stores().tracking().outputs(task, GUEST));
  }

  private List<MetricValue> metrics(TaskId task) {
    return Stages.join(world.stores().tracking().metrics(task, GUEST));
  }

  private static MetricPoint point(MetricValue value) {
    return new MetricPoint(value.key(), value.value());
  }

  /** The texts of the part's log, over all attempts. */
  protected final List<String> log() {
    return Stages.join(
            world.stores().tracking().log(JOB, GUEST, "part_0", LogLine.Level.DEBUG, 0, 10_000))
        .stream()
        .map(LogLine::text)
        .toList();
  }

  private static byte[] bytes(Table table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      TableCodec.write(table, bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Bytes that do not repeat, so that a piece out of place shows. */
  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
