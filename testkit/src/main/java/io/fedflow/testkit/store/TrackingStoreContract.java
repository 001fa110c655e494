package io.fedflow.testkit.store;

import static io.fedflow.testkit.store.SameRows.assertSame;
import static io.fedflow.testkit.store.StoreRows.GUEST;
import static io.fedflow.testkit.store.StoreRows.HOST;
import static io.fedflow.testkit.store.StoreRows.metric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fedflow.component.TaskId;
import io.fedflow.party.Party;
import io.fedflow.spi.LogQuery;
import io.fedflow.spi.TrackingStore;
import io.fedflow.testkit.stage.Await;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.LogLine.Level;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The promises of {@link TrackingStore}. */
public abstract class TrackingStoreContract extends StoresContract {

  private static final TaskId TASK = new TaskId("job", "lr_0", 0);
  private static final TaskId RETRY = new TaskId("job", "lr_0", 1);

  @Test
  void T1_everything_isThereAfterARestart() throws Exception {
    writeEverything(TASK, GUEST);
    Await.value(store().appendLog(List.of(line("lr_0", Level.INFO, "first"))));
    restart();
    assertEverything(TASK, GUEST);
    Await.value(store().appendLog(List.of(line("lr_0", Level.INFO, "second"))));
    assertThat(log("", Level.DEBUG, 0, 10)).extracting(LogLine::number).containsExactly(1L, 2L);
  }

  @Test
  void T2_points_comeInTheOrderWritten() {
    List<MetricValue> points =
        List.of(
            metric(TASK, GUEST, 2, 0.5),
            metric(TASK, GUEST, 1, 0.25),
            metric(TASK, GUEST, "one", List.of(1, 2)),
            metric(TASK, GUEST, 2, 0.5),
            metric(TASK, GUEST, 3, Double.NaN));
    Await.value(store().appendMetrics(points.subList(0, 2)));
    Await.value(store().appendMetrics(points.subList(2, 5)));
    assertSame(metrics(TASK, GUEST), points);
  }

  @Test
  void T2_keys_keepTheirType() {
    Await.value(
        store().appendMetrics(List.of(metric(TASK, GUEST, 1, "1"), metric(TASK, GUEST, "1", 1))));
    List<MetricValue> points = metrics(TASK, GUEST);
    assertThat(points.get(0).key()).isInstanceOf(Number.class);
    assertThat(points.get(0).value()).isInstanceOf(String.class);
    assertThat(points.get(1).key()).isInstanceOf(String.class);
    assertThat(points.get(1).value()).isInstanceOf(Number.class);
  }

  @Test
  void T2_pointsHandedOverWithoutWaiting_keepTheirOrder() {
    List<CompletionStage<Void>> stages =
        IntStream.range(0, 300)
            .mapToObj(i -> store().appendMetrics(List.of(metric(TASK, GUEST, i, i))))
            .toList();
    assertThat(Await.failures(stages)).isEmpty();
    assertThat(metrics(TASK, GUEST))
        .extracting(point -> ((Number) point.key()).intValue())
        .isEqualTo(IntStream.range(0, 300).boxed().toList());
  }

  @Test
  void T3_metas_areReplacedAndKeepTheirPlace() {
    MetricMeta first = meta("train", "loss", Map.of());
    MetricMeta second = meta("train", "auc", Map.of());
    MetricMeta third = meta("validate", "loss", StoreRows.tree());
    Await.value(store().putMetricMetas(List.of(first, second, third)));
    MetricMeta replaced = meta("train", "loss", Map.of("unit_name", "iters"));
    Await.value(store().putMetricMetas(List.of(replaced)));
    assertSame(metas(), List.of(replaced, second, third));
  }

  @Test
  void T3_summaries_areReplaced() {
    Await.value(store().putSummary(TASK, GUEST, Map.of("auc", 0.5)));
    Await.value(store().putSummary(TASK, GUEST, StoreRows.tree()));
    assertSame(Await.value(store().summary(TASK, GUEST)), StoreRows.tree());
  }

  @Test
  void T3_outputs_areReplacedAsAList() {
    OutputData one = new OutputData("train", "ns", "a", 1);
    OutputData two = new OutputData("validate", "ns", "b", Long.MAX_VALUE);
    Await.value(store().putOutputs(TASK, GUEST, List.of(one, two)));
    assertThat(Await.value(store().outputs(TASK, GUEST))).containsExactly(one, two);
    Await.value(store().putOutputs(TASK, GUEST, List.of(two)));
    assertThat(Await.value(store().outputs(TASK, GUEST))).containsExactly(two);
    Await.value(store().putOutputs(TASK, GUEST, List.of()));
    assertThat(Await.value(store().outputs(TASK, GUEST))).isEmpty();
  }

  @Test
  void T4_aRead_givesBackWhatWasWritten() {
    writeEverything(TASK, GUEST);
    assertEverything(TASK, GUEST);
  }

  @Test
  void T4_attemptsAndParties_areKeptApart() {
    writeEverything(TASK, GUEST);
    assertNothing(TASK, HOST);
    assertNothing(RETRY, GUEST);
    assertNothing(new TaskId("job", "lr", 0), GUEST);
  }

  @Test
  void T4_cleaning_dropsOneAttemptAtOneParty() {
    writeEverything(TASK, GUEST);
    writeEverything(TASK, HOST);
    writeEverything(RETRY, GUEST);
    Await.value(store().clean(TASK, GUEST));
    assertThat(Await.value(store().outputs(TASK, GUEST)))
        .containsExactly(new OutputData("d", "", "", 3));
    Await.value(store().putOutputs(TASK, GUEST, List.of()));
    assertNothing(TASK, GUEST);
    assertEverything(TASK, HOST);
    assertEverything(RETRY, GUEST);
    writeEverything(TASK, GUEST);
    assertEverything(TASK, GUEST);
  }

  @Test
  void T6_metricsOfAJob_areDropped_andNothingElse() {
    TaskId other = new TaskId("job2", "lr_0", 0);
    for (TaskId task : List.of(TASK, RETRY, other)) {
      writeEverything(task, GUEST);
      writeEverything(task, HOST);
    }
    Await.value(store().deleteMetrics("job"));
    for (Party party : List.of(GUEST, HOST)) {
      for (TaskId task : List.of(TASK, RETRY)) {
        assertThat(metrics(task, party)).isEmpty();
        assertThat(Await.value(store().metricMetas(task, party))).isEmpty();
        assertSame(Await.value(store().summary(task, party)), StoreRows.tree());
        assertThat(Await.value(store().outputs(task, party))).hasSize(1);
      }
      assertEverything(other, party);
    }
    writeEverything(TASK, GUEST);
    assertEverything(TASK, GUEST);
    Await.value(store().deleteMetrics("unknown"));
    assertEverything(TASK, GUEST);
  }

  @Test
  void T4_attemptsThatListATable_areCounted() {
    OutputData one = new OutputData("d", "n", "m", 3);
    OutputData other = new OutputData("e", "n", "o", 3);
    Await.value(store().putOutputs(TASK, GUEST, List.of(one, other)));
    Await.value(store().putOutputs(TASK, HOST, List.of(one, new OutputData("f", "n", "m", 3))));
    Await.value(store().putOutputs(new TaskId("another", "lr_0", 0), GUEST, List.of(one)));
    assertThat(Await.value(store().countOutputs("n", "m"))).isEqualTo(3);
    assertThat(Await.value(store().countOutputs("n", "o"))).isEqualTo(1);
    assertThat(Await.value(store().countOutputs("m", "n"))).isZero();
    Await.value(store().clean(TASK, GUEST));
    assertThat(Await.value(store().countOutputs("n", "m"))).isEqualTo(2);
    assertThat(Await.value(store().countOutputs("n", "o"))).isZero();
  }

  @Test
  void T4_whatTheCallerChangesLater_isNotChangedInTheStore() {
    Map<String, Object> summary = new LinkedHashMap<>();
    List<Object> inner = new ArrayList<>(List.of(1));
    summary.put("list", inner);
    Await.value(store().putSummary(TASK, GUEST, summary));
    inner.add(2);
    summary.put("more", 3);
    assertThat(Await.value(store().summary(TASK, GUEST)).orElseThrow()).hasToString("{list=[1]}");
  }

  @Test
  void T4_emptyLists_areWrittenWithoutEffect() {
    Await.value(store().appendMetrics(List.of()));
    Await.value(store().putMetricMetas(List.of()));
    Await.value(store().appendLog(List.of()));
    assertNothing(TASK, GUEST);
  }

  @Test
  void T5_logLines_areNumberedFromOneByJobAndParty() {
    Await.value(
        store()
            .appendLog(
                List.of(
                    line("lr_0", Level.INFO, "a"),
                    new LogLine("job", HOST, "lr_0", 50, 1, Level.INFO, "host's"),
                    line("", Level.ERROR, "b"))));
    Await.value(
        store()
            .appendLog(
                List.of(
                    new LogLine("other", GUEST, "lr_0", 0, 1, Level.INFO, "other's"),
                    line("lr_0", Level.DEBUG, "c"))));
    assertSame(
        log("", Level.DEBUG, 0, 100),
        List.of(
            new LogLine("job", GUEST, "lr_0", 1, 9, Level.INFO, "a"),
            new LogLine("job", GUEST, "", 2, 9, Level.ERROR, "b"),
            new LogLine("job", GUEST, "lr_0", 3, 9, Level.DEBUG, "c")));
    assertThat(Await.value(store().log("job", HOST, "", Level.DEBUG, 0, 10)))
        .extracting(LogLine::number)
        .containsExactly(1L);
  }

  @Test
  void T5_logLines_areFilteredAndPaged() {
    Await.value(
        store()
            .appendLog(
                List.of(
                    line("a", Level.DEBUG, "1"),
                    line("b", Level.INFO, "2"),
                    line("a", Level.WARNING, "3"),
                    line("a", Level.ERROR, "4"),
                    line("a", Level.INFO, "5"))));
    assertThat(texts("", Level.INFO, 0, 100)).containsExactly("2", "3", "4", "5");
    assertThat(texts("a", Level.INFO, 0, 100)).containsExactly("3", "4", "5");
    assertThat(texts("a", Level.WARNING, 0, 100)).containsExactly("3", "4");
    assertThat(texts("", Level.ERROR, 0, 100)).containsExactly("4");
    assertThat(texts("a", Level.INFO, 3, 1)).containsExactly("4");
    assertThat(texts("", Level.DEBUG, 5, 1)).isEmpty();
  }

  @Test
  void T5_linesHandedOverWithoutWaiting_areNumberedWithoutGaps() {
    List<CompletionStage<Void>> stages =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    store()
                        .appendLog(
                            List.of(
                                line("a", Level.INFO, "x" + i), line("a", Level.INFO, "y" + i))))
            .toList();
    assertThat(Await.failures(stages)).isEmpty();
    List<LogLine> log = log("", Level.DEBUG, 0, 100_000);
    assertThat(log)
        .extracting(LogLine::number)
        .isEqualTo(LongStream.rangeClosed(1, 600).boxed().toList());
    assertThat(log.get(0).text()).isEqualTo("x0");
    assertThat(log.get(599).text()).isEqualTo("y299");
  }

  @Test
  void T5_anyText_isKept() {
    String text = "tab\t quote' 联邦 🚀 " + "x".repeat(9_900);
    Await.value(store().appendLog(List.of(line("a", Level.INFO, text))));
    assertThat(texts("", Level.DEBUG, 0, 1)).containsExactly(text);
  }

  @Test
  void T5_aLineWithANullCharacter_isStored() {
    Await.value(store().appendLog(List.of(line("a", Level.INFO, "a\0b"))));
    // Some databases cannot hold the character; the line must not be lost for it.
    assertThat(texts("", Level.DEBUG, 0, 1).get(0)).matches("a.b");
  }

  @Test
  void T5_aLimitOutOfRange_isRefusedAtOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> log("", Level.DEBUG, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> log("", Level.DEBUG, 0, 100_001));
  }

  @Test
  void T7_aDeletedLog_isGoneAtAllParties_andNoOther() {
    Await.value(
        store()
            .appendLog(
                List.of(
                    line("a", Level.INFO, "1"),
                    new LogLine("job", HOST, "a", 0, 1, Level.INFO, "host's"),
                    new LogLine("other", GUEST, "a", 0, 1, Level.INFO, "other's"))));
    Await.value(store().deleteLog("job"));
    assertThat(texts("", Level.DEBUG, 0, 10)).isEmpty();
    assertThat(Await.value(store().log("job", HOST, "", Level.DEBUG, 0, 10))).isEmpty();
    assertThat(Await.value(store().log("other", GUEST, "", Level.DEBUG, 0, 10))).hasSize(1);
    Await.value(store().deleteLog("unknown"));
    Await.value(store().appendLog(List.of(line("a", Level.INFO, "2"))));
    assertThat(texts("", Level.DEBUG, 0, 10)).containsExactly("2");
  }

  private List<String> found(
      String job, String role, String party, String component, Level level, String text) {
    LogQuery query = new LogQuery(job, role, party, component, level, text, Optional.empty(), 100);
    return Await.value(store().searchLog(query)).stream().map(LogLine::text).toList();
  }

  @Test
  void T8_aSearch_findsByJobPartyComponentLevelAndText() {
    Await.value(
        store()
            .appendLog(
                List.of(
                    new LogLine("b", GUEST, "lr_0", 0, 1, Level.ERROR, "Loss is NaN"),
                    new LogLine("a", HOST, "lr_0", 0, 2, Level.INFO, "100% done"),
                    new LogLine("a", GUEST, "bin_0", 0, 3, Level.WARNING, "loss 0_5 at C:\\x"),
                    new LogLine("a", GUEST, "lr_0", 0, 4, Level.DEBUG, "100 done, Übung"))));
    assertThat(found("", "", "", "", Level.DEBUG, ""))
        .containsExactly("loss 0_5 at C:\\x", "100 done, Übung", "100% done", "Loss is NaN");
    assertThat(found("b", "", "", "", Level.DEBUG, "")).containsExactly("Loss is NaN");
    assertThat(found("", "host", "", "", Level.DEBUG, "")).containsExactly("100% done");
    assertThat(found("", "", HOST.id(), "", Level.DEBUG, "")).containsExactly("100% done");
    assertThat(found("", "", "", "bin_0", Level.DEBUG, "")).containsExactly("loss 0_5 at C:\\x");
    assertThat(found("", "", "", "", Level.WARNING, ""))
        .containsExactly("loss 0_5 at C:\\x", "Loss is NaN");
    assertThat(found("", "", "", "", Level.DEBUG, "LOSS"))
        .containsExactly("loss 0_5 at C:\\x", "Loss is NaN");
    assertThat(found("a", "guest", GUEST.id(), "bin_0", Level.INFO, "at")).hasSize(1);
    assertThat(found("a", "guest", GUEST.id(), "bin_0", Level.INFO, "nan")).isEmpty();
  }

  @Test
  void T8_whatMeansSomethingToADatabase_isLookedForAsItIs() {
    Await.value(
        store()
            .appendLog(
                List.of(
                    line("a", Level.INFO, "100% done"),
                    line("a", Level.INFO, "100 done, Übung"),
                    line("a", Level.INFO, "0_5 at C:\\x"),
                    line("a", Level.INFO, "0x5 at 'x' -- ;"))));
    assertThat(found("", "", "", "", Level.DEBUG, "0%")).containsExactly("100% done");
    assertThat(found("", "", "", "", Level.DEBUG, "0_5")).containsExactly("0_5 at C:\\x");
    assertThat(found("", "", "", "", Level.DEBUG, ":\\x")).containsExactly("0_5 at C:\\x");
    assertThat(found("", "", "", "", Level.DEBUG, "'x' --")).containsExactly("0x5 at 'x' -- ;");
    assertThat(found("", "", "", "", Level.DEBUG, "Übung")).containsExactly("100 done, Übung");
    assertThat(found("' OR 1=1 --", "", "", "", Level.DEBUG, "")).isEmpty();
  }

  @Test
  void T8_pagesOfASearch_followOneAnother_withoutGapsOrRepeats() {
    List<LogLine> lines = new ArrayList<>();
    for (String job : List.of("a", "b")) {
      for (Party party : List.of(GUEST, HOST)) {
        for (int i = 1; i <= 5; i++) {
          lines.add(new LogLine(job, party, "c", 0, i, Level.INFO, job + party + i));
        }
      }
    }
    Await.value(store().appendLog(lines));
    List<String> all = new ArrayList<>();
    Optional<LogQuery.Place> after = Optional.empty();
    while (true) {
      List<LogLine> page =
          Await.value(store().searchLog(new LogQuery("", "", "", "", Level.DEBUG, "", after, 3)));
      if (page.isEmpty()) {
        break;
      }
      page.forEach(line -> all.add(line.text()));
      after = Optional.of(LogQuery.Place.of(page.get(page.size() - 1)));
    }
    assertThat(all).isEqualTo(lines.stream().map(LogLine::text).toList());
  }

  @Test
  void T9_jobsWithSomethingOfAKind_areTold_inPages() {
    for (String job : List.of("c", "a", "b")) {
      TaskId task = new TaskId(job, "lr_0", 0);
      Await.value(store().appendMetrics(List.of(StoreRows.metric(task, GUEST, 0, 1))));
      Await.value(store().putOutputs(task, HOST, List.of(new OutputData("d", "n", job, 3))));
      Await.value(store().appendLog(List.of(new LogLine(job, GUEST, "", 0, 1, Level.INFO, "x"))));
    }
    for (TrackingStore.Kind kind : TrackingStore.Kind.values()) {
      assertThat(Await.value(store().jobsWith(kind, "", 10))).containsExactly("a", "b", "c");
      assertThat(Await.value(store().jobsWith(kind, "a", 1))).containsExactly("b");
      assertThat(Await.value(store().jobsWith(kind, "c", 10))).isEmpty();
    }
    Await.value(store().deleteMetrics("a"));
    Await.value(store().deleteLog("b"));
    Await.value(
        store()
            .putOutputs(
                new TaskId("c", "lr_0", 0),
                HOST,
                List.of(new OutputData("d", "n", "c", 3).dropped())));
    assertThat(Await.value(store().jobsWith(TrackingStore.Kind.METRICS, "", 10)))
        .containsExactly("b", "c");
    assertThat(Await.value(store().jobsWith(TrackingStore.Kind.LOGS, "", 10)))
        .containsExactly("a", "c");
    assertThat(Await.value(store().jobsWith(TrackingStore.Kind.OUTPUTS, "", 10)))
        .containsExactly("a", "b");
  }

  private TrackingStore store() {
    return stores().tracking();
  }

  private void writeEverything(TaskId task, Party party) {
    Await.value(store().appendMetrics(List.of(metric(task, party, 1, StoreRows.tree()))));
    Await.value(
        store().putMetricMetas(List.of(new MetricMeta(task, party, "n", "m", "LOSS", Map.of()))));
    Await.value(store().putSummary(task, party, StoreRows.tree()));
    Await.value(store().putOutputs(task, party, List.of(new OutputData("d", "n", "m", 3))));
  }

  private void assertEverything(TaskId task, Party party) {
    assertSame(metrics(task, party), List.of(metric(task, party, 1, StoreRows.tree())));
    assertSame(
        Await.value(store().metricMetas(task, party)),
        List.of(new MetricMeta(task, party, "n", "m", "LOSS", Map.of())));
    assertSame(Await.value(store().summary(task, party)), StoreRows.tree());
    assertThat(Await.value(store().outputs(task, party)))
        .containsExactly(new OutputData("d", "n", "m", 3));
  }

  private void assertNothing(TaskId task, Party party) {
    assertThat(metrics(task, party)).isEmpty();
    assertThat(Await.value(store().metricMetas(task, party))).isEmpty();
    assertThat(Await.value(store().summary(task, party))).isEmpty();
    assertThat(Await.value(store().outputs(task, party))).isEmpty();
  }

  private List<MetricValue> metrics(TaskId task, Party party) {
    return Await.value(store().metrics(task, party));
  }

  private List<MetricMeta> metas() {
    return Await.value(store().metricMetas(TASK, GUEST));
  }

  private static MetricMeta meta(String namespace, String name, Map<String, Object> extras) {
    return new MetricMeta(TASK, GUEST, namespace, name, "LOSS", extras);
  }

  private static LogLine line(String component, Level level, String text) {
    return new LogLine("job", GUEST, component, 0, 9, level, text);
  }

  private List<LogLine> log(String component, Level level, long after, int limit) {
    return Await.value(store().log("job", GUEST, component, level, after, limit));
  }

  private List<String> texts(String component, Level level, long after, int limit) {
    return log(component, level, after, limit).stream().map(LogLine::text).toList();
  }
}
