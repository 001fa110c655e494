package io.fedflow;

import static io.fedflow.fakes.Plans.ARBITER;
import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.queue.JobEvent;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.TrackingManager;
import io.fedflow.tracking.TrackingManager.TaskNews;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that end well, through the whole engine. */
@Timeout(60)
class EngineSuccessTest {

  private static final MessageSchema WEIGHTS =
      MessageSchema.builder("Weights").repeated("weight", 1, Type.DOUBLE).build();
  private static final MessageTag WORD = MessageTag.of("word");

  private static final Fake MAKE =
      Fake.of(
          "Make",
          context -> {
            context.tracker().metric("train", "loss", List.of(new MetricPoint(0, 0.5)));
            context.tracker().metricMeta("train", "loss", "LOSS", Map.of("unit_name", "iters"));
            context.tracker().summary(Map.of("rows", 2));
            context.log().info("made by " + context.self());
            return TaskOutputs.of(Jobs.table(1, 2), model(context));
          });

  private static final Fake DOUBLE =
      Fake.of(
          "Double",
          context -> {
            double[] values = context.inputs().first("data").orElseThrow().numbers("x");
            return Jobs.output(2 * values[0], 2 * values[1]);
          });

  /** Guest sends to all others, who answer. */
  private static final Fake TALK =
      Fake.of(
          "Talk",
          context -> {
            Party guest = context.parties().first(Role.GUEST).orElseThrow();
            if (!context.self().equals(guest)) {
              Payload word = context.federation().receive(guest, WORD);
              context.federation().send(guest, WORD, word);
              return TaskOutputs.none();
            }
            List<Party> others = new ArrayList<>(context.parties().all());
            others.remove(guest);
            context.federation().sendAll(others, WORD, Payload.ofLongs(7));
            for (Party other : others) {
              assertThat(context.federation().receive(other, WORD).asLongs()).containsExactly(7);
            }
            return TaskOutputs.none();
          });

  private static ComponentModel model(TaskContext context) {
    return new ComponentModel(
        context.task().component(),
        "Make",
        "model",
        Map.of("WeightsParam", new ModelMessage(WEIGHTS, Map.of("weight", List.of(1.5, -2.0)))));
  }

  private static Fedflow site(Fake... fakes) {
    return EngineStores.site().components(new ComponentCatalog(List.of(fakes))).build();
  }

  private static Pipeline makeAndDouble() {
    Pipeline pipeline = Plans.two();
    pipeline.add("make", "Make");
    pipeline.add("double", "Double").data("make");
    return pipeline;
  }

  @Test
  void everyRowOfEveryPartyEndsWell() {
    try (Fedflow site = site(MAKE, DOUBLE)) {
      JobHandle handle = Await.value(site.submit(makeAndDouble().compile()));
      assertThat(Await.value(handle.completion()))
          .isEqualTo(new JobHandle.Outcome(JobStatus.SUCCESS, ""));
      assertThat(site.engine().live()).isEmpty();
      assertThat(Jobs.views(site, handle.jobId()))
          .hasSize(2)
          .allSatisfy(
              row -> {
                assertThat(row.status()).isEqualTo(JobStatus.SUCCESS);
                assertThat(row.progress()).isEqualTo(100);
                assertThat(row.startTime()).isBetween(row.createTime(), row.endTime());
              });
      assertThat(Jobs.parts(site, handle.jobId()))
          .hasSize(4)
          .allSatisfy(
              row -> {
                assertThat(row.status()).isEqualTo(TaskStatus.SUCCESS);
                assertThat(row.partyStatus()).isEqualTo(TaskStatus.SUCCESS);
                assertThat(row.endTime()).isGreaterThanOrEqualTo(row.startTime());
              });
      assertThat(Await.value(handle.status())).isEqualTo(JobStatus.SUCCESS);
      assertThat(site.queue().running()).isEmpty();
      assertThat(Await.value(handle.cancel())).isFalse();
    }
  }

  @Test
  void dataFlowsAtEveryPartyAndModelsAreKept() {
    try (Fedflow site = site(MAKE, DOUBLE)) {
      JobHandle handle = Await.value(site.submit(makeAndDouble().compile()));
      Await.value(handle.completion());
      for (Party party : List.of(GUEST, HOST)) {
        var part = Jobs.part(site, handle.jobId(), "double", party);
        var output = Await.value(site.tracking().outputs(part.task(), party)).get(0);
        assertThat(site.data().read(output.namespace(), output.name()).numbers("x"))
            .containsExactly(2, 4);
        assertThat(output.rowCount()).isEqualTo(2);
        ComponentModel model = site.models().load(handle.jobId(), party, "make").orElseThrow();
        assertThat(model.param().<Double>list("weight")).containsExactly(1.5, -2.0);
        assertThat(
                Await.value(
                    site.tracking().log(handle.jobId(), party, "make", LogLine.Level.INFO, 0, 100)))
            .extracting(LogLine::text)
            .contains("made by " + party, "make is running", "make is success");
      }
    }
  }

  @Test
  void eventsComeInOrderWithProgress() {
    try (Fedflow site = site(MAKE, DOUBLE)) {
      JobHandle handle = Await.value(site.submit(makeAndDouble().compile()));
      Await.value(handle.completion());
      List<JobEvent> events = Jobs.events(site, handle.jobId());
      assertThat(events)
          .extracting(JobEvent::sequence)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, events.size()).mapToObj(Long::valueOf).toList());
      for (Party party : List.of(GUEST, HOST)) {
        assertThat(events)
            .filteredOn(event -> event.party().equals(party) && event.kind().equals("job.status"))
            .extracting(
                event -> event.details().get("status") + " " + event.details().get("progress"))
            .containsExactly("ready 0", "waiting 0", "running 0", "running 50", "success 100");
        assertThat(events)
            .filteredOn(event -> event.party().equals(party) && event.component().equals("make"))
            .extracting(event -> event.kind() + " " + event.details().get("status"))
            .containsExactly(
                "task.status running",
                "task.party_status running",
                "task.party_status success",
                "task.status success");
      }
    }
  }

  @Test
  void everythingIsDurableBeforeSuccessIs() {
    Map<String, List<CompletionStage<Boolean>>> there = new ConcurrentHashMap<>();
    CountDownLatch go = new CountDownLatch(1);
    Fake make =
        Fake.of(
            "Make",
            context -> {
              go.await();
              return MAKE.run(context);
            });
    try (Fedflow site = site(make, DOUBLE)) {
      JobHandle handle = Await.value(site.submit(makeAndDouble().compile()));
      site.queue()
          .follow(
              handle.jobId(),
              0,
              event -> {
                if (event.component().equals("make")
                    && event.kind().equals("task.party_status")
                    && event.details().get("status").equals("success")) {
                  there.put(event.party().toString(), look(site, event));
                }
              });
      go.countDown();
      Await.value(handle.completion());
      Await.until("the success of both parties was told", () -> there.size() == 2);
      assertThat(there).containsOnlyKeys("guest:1", "host:2");
      there.forEach(
          (party, looks) ->
              assertThat(looks.stream().map(Await::value))
                  .as("outputs, metrics, metas, summary and model at %s", party)
                  .containsOnly(true));
    }
  }

  /** Asks at once for all that a task left, and blocks nobody: followers run on the engine's. */
  private static List<CompletionStage<Boolean>> look(Fedflow site, JobEvent event) {
    TrackingManager kept = site.tracking();
    Party party = event.party();
    TaskId task = new TaskId(event.jobId(), "make", 0);
    return List.of(
        kept.outputs(task, party).thenApply(outputs -> outputs.size() == 1),
        kept.metrics(task, party).thenApply(metrics -> metrics.size() == 1),
        kept.metricMetas(task, party).thenApply(metas -> metas.size() == 1),
        kept.summary(task, party).thenApply(summary -> !summary.isEmpty()),
        CompletableFuture.supplyAsync(
            () -> site.models().load(event.jobId(), party, "make").isPresent()));
  }

  @RepeatedTest(5)
  void threePartiesTalk() {
    try (Fedflow site = site(TALK)) {
      Pipeline pipeline = Plans.three();
      pipeline.add("talk", "Talk");
      JobHandle handle = Await.value(site.submit(pipeline.compile()));
      assertThat(Await.value(handle.completion()).good()).isTrue();
      assertThat(Jobs.part(site, handle.jobId(), "talk", GUEST).traffic())
          .isEqualTo(new io.fedflow.federation.Federation.Traffic(2, 18, 2, 18));
      assertThat(Jobs.part(site, handle.jobId(), "talk", ARBITER).traffic())
          .isEqualTo(new io.fedflow.federation.Federation.Traffic(1, 9, 1, 9));
      assertThat(site.mailboxes().pending()).isZero();
    }
  }

  @Test
  void aComponentThatNeedNotRunPassesItsInputOn() {
    try (Fedflow site = site(MAKE, DOUBLE)) {
      Pipeline pipeline = Plans.two();
      pipeline.add("make", "Make");
      pipeline.add("skip", "Double").data("make").set("need_run", false);
      pipeline.add("double", "Double").data("skip");
      JobHandle handle = Await.value(site.submit(pipeline.compile()));
      assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.SUCCESS);
      var skipped = Jobs.part(site, handle.jobId(), "skip", HOST);
      assertThat(skipped.partyStatus()).isEqualTo(TaskStatus.PASS);
      Await.until(
          "the pass is told",
          () -> Jobs.part(site, handle.jobId(), "skip", HOST).status() == TaskStatus.PASS);
      var last = Jobs.part(site, handle.jobId(), "double", HOST);
      var output = Await.value(site.tracking().outputs(last.task(), HOST)).get(0);
      assertThat(site.data().read(output.namespace(), output.name()).numbers("x"))
          .containsExactly(2, 4);
    }
  }

  @Test
  void aPartyOutsideAComponentsRolesTakesNoPartInIt() {
    Fake own = Fake.of("Own", Set.of(Role.GUEST), context -> Jobs.output(1));
    try (Fedflow site = site(own)) {
      Pipeline pipeline = Plans.three();
      pipeline.add("own", "Own");
      JobHandle handle = Await.value(site.submit(pipeline.compile()));
      assertThat(Await.value(handle.completion()).good()).isTrue();
      assertThat(Jobs.views(site, handle.jobId())).hasSize(3);
      assertThat(Jobs.parts(site, handle.jobId())).extracting("party").containsExactly(GUEST);
    }
  }

  @RepeatedTest(5)
  void parallelBranchesRunAtTheSameTime() {
    Map<String, CountDownLatch> arrived =
        new HashMap<>(Map.of("left", new CountDownLatch(2), "right", new CountDownLatch(2)));
    Fake branch =
        Fake.of(
            "Branch",
            context -> {
              arrived.get(context.task().component()).countDown();
              String other = context.task().component().equals("left") ? "right" : "left";
              if (!arrived.get(other).await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException(other + " did not run meanwhile");
              }
              return Jobs.output(1, 2);
            });
    Fake join =
        Fake.of(
            "Join",
            context -> {
              assertThat(context.inputs().first("data")).isPresent();
              assertThat(context.inputs().first("train_data")).isPresent();
              return TaskOutputs.none();
            });
    try (Fedflow site = site(MAKE, branch, join)) {
      Pipeline pipeline = Plans.two();
      pipeline.add("make", "Make");
      pipeline.add("left", "Branch").data("make");
      pipeline.add("right", "Branch").data("make");
      pipeline.add("join", "Join").data("left").data("train_data", "right");
      JobHandle handle = Await.value(site.submit(pipeline.compile()));
      assertThat(Await.value(handle.completion()))
          .isEqualTo(new JobHandle.Outcome(JobStatus.SUCCESS, ""));
    }
  }

  @Test
  void newsOfTasksIsPassedOnLive() {
    CountDownLatch go = new CountDownLatch(1);
    List<TaskNews> news = Collections.synchronizedList(new ArrayList<>());
    Fake slow =
        Fake.of(
            "Slow",
            Set.of(Role.GUEST),
            context -> {
              go.await();
              context.tracker().progress(0.5, "half");
              context.tracker().metric("train", "loss", List.of(new MetricPoint(1, 2.0)));
              return TaskOutputs.none();
            });
    try (Fedflow site = site(slow)) {
      Pipeline pipeline = Plans.two();
      pipeline.add("slow", "Slow");
      JobHandle handle = Await.value(site.submit(pipeline.compile()));
      site.tracking().follow(handle.jobId(), news::add);
      go.countDown();
      Await.value(handle.completion());
      assertThat(news).anyMatch(n -> n instanceof TaskNews.Progressed p && p.note().equals("half"));
      assertThat(news).anyMatch(n -> n instanceof TaskNews.Measured m && m.value().key().equals(1));
    }
  }

  @Test
  void tasksKnowTheirSeedAndTheirPartners() {
    Map<String, Long> seeds = Collections.synchronizedMap(new HashMap<>());
    Fake seed =
        Fake.of(
            "Seed",
            context -> {
              seeds.put(context.task().component() + "@" + context.self(), context.seed());
              return TaskOutputs.none();
            });
    try (Fedflow site = site(seed)) {
      Pipeline pipeline = Plans.two().jobParameter("seed", 42);
      pipeline.add("one", "Seed");
      pipeline.add("two", "Seed");
      Await.value(Await.value(site.submit(pipeline.compile())).completion());
      assertThat(seeds.get("one@guest:1")).isEqualTo(seeds.get("one@host:2"));
      assertThat(seeds.get("two@guest:1")).isNotEqualTo(seeds.get("one@guest:1"));
      Map<String, Long> first = Map.copyOf(seeds);
      Await.value(Await.value(site.submit(pipeline.compile())).completion());
      assertThat(seeds).isEqualTo(first);
    }
  }
}
