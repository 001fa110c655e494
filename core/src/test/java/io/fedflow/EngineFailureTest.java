package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.ProblemsException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.federation.MessageTag;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.queue.JobEvent;
import io.fedflow.tracking.LogLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that end other than well, through the whole engine. */
@Timeout(60)
class EngineFailureTest {

  private static final MessageTag WORD = MessageTag.of("word");

  private final Gate gate = new Gate();
  private Fedflow site;

  @AfterEach
  void close() {
    site.close();
  }

  private JobHandle run(Pipeline pipeline, Fake... fakes) {
    site = EngineStores.site().components(new ComponentCatalog(List.of(fakes))).build();
    return Await.value(site.submit(pipeline.compile()));
  }

  private Fake gated(String module) {
    return Fake.of(
        module,
        context -> {
          gate.enter(context);
          return TaskOutputs.none();
        });
  }

  private void nothingIsLeft() {
    assertThat(site.engine().live()).isEmpty();
    assertThat(site.queue().running()).isEmpty();
    Await.until("no message is left", () -> site.mailboxes().pending() == 0);
  }

  @RepeatedTest(10)
  void aThrowingComponentFailsTheJobAtAllPartiesAndReleasesItsPeers() {
    CountDownLatch waiting = new CountDownLatch(2);
    Fake breaks =
        Fake.of(
            "Breaks",
            context -> {
              if (context.self().equals(HOST)) {
                waiting.await();
                throw new FedflowException(
                    io.fedflow.failure.FailureKind.INVALID, "fake.broke", "the label is constant");
              }
              waiting.countDown();
              context.federation().receive(HOST, WORD);
              return TaskOutputs.none();
            });
    Pipeline pipeline = Plans.three();
    pipeline.add("breaks", "Breaks");
    pipeline.add("after", "Breaks").data("breaks");
    JobHandle handle = run(pipeline, breaks);
    JobHandle.Outcome outcome = Await.value(handle.completion());
    String cause = "host:2 breaks: ‹the label is constant› [fake.broke]";
    assertThat(outcome).isEqualTo(new JobHandle.Outcome(JobStatus.FAILED, cause));
    assertThat(Jobs.views(site, handle.jobId()))
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.status()).isEqualTo(JobStatus.FAILED);
              assertThat(row.cause()).isEqualTo(cause);
            });
    assertThat(Jobs.parts(site, handle.jobId()))
        .filteredOn(row -> row.task().component().equals("breaks"))
        .hasSize(3)
        .allSatisfy(
            row -> {
              assertThat(row.status()).isEqualTo(TaskStatus.FAILED);
              assertThat(row.partyStatus()).isEqualTo(TaskStatus.FAILED);
              assertThat(row.cause()).isEqualTo(cause);
            });
    assertThat(Jobs.parts(site, handle.jobId()))
        .filteredOn(row -> row.task().component().equals("after"))
        .extracting(TaskRow::partyStatus)
        .containsOnly(TaskStatus.WAITING);
    assertThat(
            Await.value(
                site.tracking().log(handle.jobId(), HOST, "breaks", LogLine.Level.ERROR, 0, 10)))
        .extracting(LogLine::text)
        .contains(cause);
    nothingIsLeft();
  }

  @Test
  void anyErrorOfAComponentFailsItsTask() {
    for (Throwable thrown :
        List.of(
            new AssertionError("wrong"),
            new StackOverflowError("deep"),
            new LinkageError("link"),
            new IllegalStateException("state"),
            new Error("plain"))) {
      Fake throwing =
          Fake.of(
              "Throws",
              Set.of(Role.GUEST),
              context -> {
                if (thrown instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) thrown;
              });
      Pipeline pipeline = Plans.two();
      pipeline.add("throws", "Throws");
      JobHandle handle = run(pipeline, throwing);
      assertThat(Await.value(handle.completion()).cause())
          .isEqualTo(
              "guest:1 throws: ‹the component threw "
                  + thrown.getClass().getName()
                  + ": "
                  + thrown.getMessage()
                  + "›");
      site.close();
    }
  }

  @Test
  void aComponentThatReturnsNothingAtAllFails() {
    Pipeline pipeline = Plans.two();
    pipeline.add("null", "Null");
    JobHandle handle = run(pipeline, Fake.of("Null", context -> null));
    assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void anUndeclaredMessageIsABugOfTheComponent() {
    Fake talks =
        Fake.of(
            "Talks",
            context -> {
              context.federation().receive(HOST, MessageTag.of("secret"));
              return TaskOutputs.none();
            });
    Pipeline pipeline = Plans.two();
    pipeline.add("talks", "Talks");
    JobHandle handle = run(pipeline, talks);
    assertThat(Await.value(handle.completion()).cause()).contains("Talks may not send secret");
  }

  @Test
  void aMessageThatNeverComesFailsTheTask() {
    Fake waits =
        Fake.of(
            "Waits",
            context -> {
              if (context.self().equals(GUEST)) {
                context.federation().receive(HOST, WORD);
              } else {
                gate.enter(context);
              }
              return TaskOutputs.none();
            });
    site =
        EngineStores.site()
            .components(new ComponentCatalog(List.of(waits)))
            .receiveTimeout(Duration.ofMillis(50))
            .build();
    Pipeline pipeline = Plans.two();
    pipeline.add("waits", "Waits");
    JobHandle handle = Await.value(site.submit(pipeline.compile()));
    assertThat(Await.value(handle.completion()).cause())
        .contains("guest:1 waits: no message word from host:2");
    Await.until("the host was released", () -> gate.interrupted().contains("waits@host:2"));
  }

  @RepeatedTest(10)
  void aStopEndsTheJobEverywhereWithinASecond() throws Exception {
    Pipeline pipeline = Plans.three();
    pipeline.add("one", "Gated");
    pipeline.add("two", "Gated");
    JobHandle handle = run(pipeline, gated("Gated"));
    gate.awaitInside(6);
    long begin = System.nanoTime();
    assertThat(Await.value(handle.cancel())).isTrue();
    JobHandle.Outcome outcome = Await.value(handle.completion());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    assertThat(outcome)
        .isEqualTo(new JobHandle.Outcome(JobStatus.CANCELED, "stopped by its submitter"));
    assertThat(Jobs.views(site, handle.jobId()))
        .extracting(JobRow::status, JobRow::cause)
        .containsOnly(
            org.assertj.core.groups.Tuple.tuple(JobStatus.CANCELED, "stopped by its submitter"));
    assertThat(Jobs.parts(site, handle.jobId()))
        .allSatisfy(
            row -> {
              assertThat(row.status()).isEqualTo(TaskStatus.CANCELED);
              assertThat(row.partyStatus()).isEqualTo(TaskStatus.CANCELED);
            });
    Await.until("all were interrupted", () -> gate.interrupted().size() == 6);
    site.close();
    for (Thread thread : gate.threads().values()) {
      thread.join(TimeUnit.SECONDS.toMillis(20));
      assertThat(thread.isAlive()).isFalse();
    }
    nothingIsLeft();
  }

  @RepeatedTest(10)
  void aStopReleasesAWaitForAMessage() {
    CountDownLatch waiting = new CountDownLatch(2);
    Fake waits =
        Fake.of(
            "Waits",
            context -> {
              Party other = context.self().equals(GUEST) ? HOST : GUEST;
              waiting.countDown();
              context.federation().receive(other, WORD);
              return TaskOutputs.none();
            });
    Pipeline pipeline = Plans.two();
    pipeline.add("waits", "Waits");
    JobHandle handle = run(pipeline, waits);
    Await.until("both wait", () -> waiting.getCount() == 0);
    assertThat(Await.value(handle.cancel())).isTrue();
    assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.CANCELED);
    nothingIsLeft();
  }

  @Test
  void aTaskThatOutlivesItsJobChangesNothing() {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Fake deaf =
        Fake.of(
            "Deaf",
            Set.of(Role.GUEST),
            context -> {
              inside.countDown();
              while (go.getCount() > 0) {
                Thread.onSpinWait();
              }
              done.countDown();
              return Jobs.output(1);
            });
    Pipeline pipeline = Plans.two();
    pipeline.add("deaf", "Deaf");
    JobHandle handle = run(pipeline, deaf);
    Await.until("it runs", () -> inside.getCount() == 0);
    Await.value(handle.cancel());
    assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.CANCELED);
    TaskRow before = Jobs.part(site, handle.jobId(), "deaf", GUEST);
    int events = Jobs.events(site, handle.jobId()).size();
    go.countDown();
    Await.until("it is over", () -> done.getCount() == 0);
    site.close();
    assertThat(Jobs.part(site, handle.jobId(), "deaf", GUEST)).isEqualTo(before);
    assertThat(Jobs.events(site, handle.jobId())).hasSize(events);
    assertThat(before.partyStatus()).isEqualTo(TaskStatus.CANCELED);
  }

  @Test
  void aJobThatTakesTooLongTimesOut() {
    Pipeline pipeline = Plans.two().jobParameter("timeout", 1);
    pipeline.add("gated", "Gated");
    JobHandle handle = run(pipeline, gated("Gated"));
    assertThat(Await.value(handle.completion()))
        .isEqualTo(
            new JobHandle.Outcome(JobStatus.TIMEOUT, "the job ran longer than its timeout of 1 s"));
    assertThat(Jobs.parts(site, handle.jobId()))
        .extracting(TaskRow::partyStatus)
        .containsOnly(TaskStatus.TIMEOUT);
    Await.until("both were interrupted", () -> gate.interrupted().size() == 2);
    nothingIsLeft();
  }

  @Test
  void aModuleThatNoPartyRunsIsRefused() {
    site =
        EngineStores.site()
            .components(
                new ComponentCatalog(
                    List.of(Fake.of("Local", Set.of(Role.LOCAL), c -> TaskOutputs.none()))))
            .build();
    Pipeline pipeline = Plans.two();
    pipeline.add("nobody", "Local");
    assertThat(Await.failure(site.submit(pipeline.compile())))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("no party of the job runs this module");
    assertThat(site.engine().live()).isEmpty();
    assertThat(Jobs.allViews(site)).isEmpty();
  }

  @Test
  void throwingFollowersHarmNobody() {
    CountDownLatch go = new CountDownLatch(1);
    Fake logs =
        Fake.of(
            "Logs",
            context -> {
              go.await();
              context.log().info("here");
              return TaskOutputs.none();
            });
    Pipeline pipeline = Plans.two();
    pipeline.add("logs", "Logs");
    JobHandle handle = run(pipeline, logs);
    List<Long> seen = new CopyOnWriteArrayList<>();
    site.queue()
        .follow(
            handle.jobId(),
            0,
            event -> {
              seen.add(event.sequence());
              throw new IllegalStateException("a bad follower of events");
            });
    site.tracking()
        .follow(
            handle.jobId(),
            news -> {
              throw new IllegalStateException("a bad follower of news");
            });
    go.countDown();
    assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.SUCCESS);
    List<Long> stored = Jobs.events(site, handle.jobId()).stream().map(JobEvent::sequence).toList();
    // A follower that lags reads the store in its own time, so the job may end before it.
    Await.until("the follower saw the last event", () -> seen.size() >= stored.size());
    assertThat(seen).isEqualTo(stored);
  }

  @Test
  void submittersMayBlockInWhatTheyDoWithAHandle() {
    Fake idle = Fake.idle("Idle");
    site = EngineStores.site().components(new ComponentCatalog(List.of(idle))).build();
    Pipeline pipeline = Plans.two();
    pipeline.add("idle", "Idle");
    List<CompletableFuture<JobStatus>> ends = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ends.add(
          site.submit(pipeline.compile())
              .thenApply(handle -> handle.completion().toCompletableFuture().join().status())
              .toCompletableFuture());
    }
    assertThat(ends).allSatisfy(end -> assertThat(Await.value(end)).isEqualTo(JobStatus.SUCCESS));
  }

  @Test
  void aRuleThatThrowsRefusesTheDocuments() {
    var descriptor = Fake.idle("Bad").descriptor();
    var bad =
        new io.fedflow.component.ComponentDescriptor(
            "Bad",
            Set.of(),
            descriptor.roles(),
            descriptor.parameters(),
            List.of(),
            Map.of(),
            (params, pointer, problems) -> {
              throw new IllegalStateException("a rule with a bug");
            });
    site =
        EngineStores.site()
            .components(
                new ComponentCatalog(
                    List.of(
                        new io.fedflow.component.Component() {
                          @Override
                          public io.fedflow.component.ComponentDescriptor descriptor() {
                            return bad;
                          }

                          @Override
                          public TaskOutputs run(io.fedflow.component.TaskContext context) {
                            return TaskOutputs.none();
                          }
                        })))
            .build();
    Pipeline pipeline = Plans.two();
    pipeline.add("bad", "Bad");
    assertThat(site.submit(pipeline.compile()).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withMessageContaining("a rule with a bug");
    assertThat(site.engine().live()).isEmpty();
  }
}
