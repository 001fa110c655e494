package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Gate;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.ManualTime;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobEngine;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.PartyLink;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose parties report, and jobs whose parties are asked. */
@Timeout(60)
class EnginePullTest {

  private final AtomicBoolean broken = new AtomicBoolean();
  private final Set<String> crossed = ConcurrentHashMap.newKeySet();

  /** Notes what kinds of words cross. */
  private record Noting(PartyLink own, Set<String> crossed) implements PartyLink {
    @Override
    public CompletionStage<Void> send(Party to, PartyCommand command) {
      crossed.add(command.getClass().getSimpleName());
      return own.send(to, command);
    }

    @Override
    public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
      crossed.add(question.getClass().getSimpleName());
      return own.ask(to, question);
    }
  }

  private Fedflow site() {
    return EngineStores.site()
        .components(
            new ComponentCatalog(
                List.of(
                    Fake.of(
                        "Step",
                        context -> {
                          if (broken.get() && context.self().equals(HOST)) {
                            throw new IllegalStateException("broken");
                          }
                          return Jobs.output(1);
                        }))))
        .links(
            (own, mailboxes) ->
                new FedflowBuilder.Links(new Noting(own, crossed), mailboxes, party -> true))
        .build();
  }

  private static Pipeline pipeline(String type) {
    Pipeline pipeline = Plans.two();
    if (!type.isEmpty()) {
      pipeline.jobParameter("federated_status_collect_type", type);
    }
    pipeline.add("first", "Step");
    pipeline.add("second", "Step").data("first");
    return pipeline;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PUSH", "push"})
  void partiesReportUnlessTheJobSaysOtherwise(String type) {
    try (Fedflow site = site()) {
      JobHandle handle = Await.value(site.submit(pipeline(type).compile()));
      assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.SUCCESS);
      assertThat(crossed).contains("ReportTask").doesNotContain("CollectTasks");
      assertThat(Jobs.views(site, handle.jobId()).get(0).settings())
          .containsEntry("federated_status_collect_type", "PUSH");
    }
  }

  @Test
  void partiesThatAreAskedDoNotReport() {
    try (Fedflow site = site()) {
      JobHandle handle = Await.value(site.submit(pipeline("PULL").compile()));
      assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.SUCCESS);
      assertThat(crossed).contains("CollectTasks").doesNotContain("ReportTask");
      assertThat(Jobs.views(site, handle.jobId()))
          .allSatisfy(
              row ->
                  assertThat(row.settings())
                      .containsEntry("federated_status_collect_type", "PULL"));
    }
  }

  @Test
  void whoIsAskedTellsWhyItFailed() {
    broken.set(true);
    try (Fedflow site = site()) {
      JobHandle handle = Await.value(site.submit(pipeline("PULL").compile()));
      JobHandle.Outcome outcome = Await.value(handle.completion());
      assertThat(outcome.status()).isEqualTo(JobStatus.FAILED);
      assertThat(outcome.cause()).contains("host").contains("first").contains("broken");
      assertThat(crossed).doesNotContain("ReportTask");
    }
  }

  @Test
  void partiesAreAskedMoreAndMoreRarelyWhileNothingChanges() {
    ManualTime time = new ManualTime();
    Gate gate = new Gate();
    List<Long> asked = new CopyOnWriteArrayList<>();
    Fedflow waiting =
        EngineStores.site()
            .components(
                new ComponentCatalog(
                    List.of(
                        Fake.of(
                            "Step",
                            context -> {
                              gate.enter(context);
                              return Jobs.output(1);
                            }))))
            .clock(time)
            .timers(time)
            .turnExecutor(Runnable::run)
            .links(
                (own, mailboxes) ->
                    new FedflowBuilder.Links(
                        new PartyLink() {
                          @Override
                          public CompletionStage<Void> send(Party to, PartyCommand command) {
                            return own.send(to, command);
                          }

                          @Override
                          public CompletionStage<PartyAnswer> ask(
                              Party to, PartyQuestion question) {
                            if (to.equals(HOST)) {
                              asked.add(time.millis());
                            }
                            return own.ask(to, question);
                          }
                        },
                        mailboxes,
                        party -> true))
            .build();
    try (waiting) {
      Await.value(waiting.submit(pipeline("PULL").compile()));
      gate.awaitInside(2);
      long start = time.millis();
      time.pass(12_000);
      assertThat(asked)
          .extracting(at -> at - start)
          .containsExactly(100L, 300L, 700L, 1_500L, 3_100L, 6_300L, 10_300L);
    }
  }

  @Test
  void onlyKnownPartiesOfKnownJobsAnswer() {
    try (Fedflow site = site()) {
      JobHandle handle = Await.value(site.submit(pipeline("").compile()));
      Await.value(handle.completion());
      JobEngine engine = site.engine();
      var task = Jobs.part(site, handle.jobId(), "first", GUEST).task();
      PartyAnswer.Collected answer =
          (PartyAnswer.Collected)
              Await.value(
                  engine.ask(GUEST, new PartyQuestion.CollectTasks(handle.jobId(), List.of(task))));
      assertThat(answer.reports()).extracting(PartyCommand.ReportTask::party).containsOnly(GUEST);
      assertThat(
              Await.failure(
                      engine.ask(GUEST, new PartyQuestion.CollectTasks(Plans.JOB, List.of(task))))
                  .code())
          .isEqualTo("job.unknown");
    }
  }
}
