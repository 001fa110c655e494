package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.ParameterUpdate;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.Widened;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.PartyLink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A party that did not hear of the end of a run, and then of other parameters. */
@Timeout(60)
class EngineUnheardEndTest {

  private final List<PartyCommand> sent = new CopyOnWriteArrayList<>();

  private static JobDocuments documents(String note) {
    Pipeline pipeline = Plans.two();
    pipeline.add("step", "Step").set("note", note);
    return pipeline.compile();
  }

  /** A real site of one party; the others are as a test says. */
  private Fedflow siteOf(Party party, Function<PartyCommand, CompletionStage<Void>> others) {
    return EngineStores.site()
        .components(new ComponentCatalog(List.of(Fake.idle("Step"))))
        .links(
            (own, mailboxes) -> {
              PartyLink link =
                  (to, command) -> {
                    if (to.equals(party)) {
                      return own.send(to, command);
                    }
                    sent.add(command);
                    return others.apply(command);
                  };
              return new FedflowBuilder.Links(link, mailboxes, party::equals);
            })
        .build();
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedStage(null);
  }

  @Test
  void aPartyTakesNoOtherParametersWhileItBelievesThatTheJobIsLive() {
    try (Fedflow site = siteOf(HOST, command -> done())) {
      JobDocuments old = documents("old");
      PartyLink host = site.localParties();
      Await.value(
          host.send(
              HOST,
              new PartyCommand.CreateJob(
                  Plans.JOB, old.dsl(), old.conf(), GUEST, 7, 1, Inheritance.NONE)));
      PartyCommand update = new PartyCommand.UpdateJob(Plans.JOB, 1, 1, documents("new").conf());
      FedflowException refused = Await.failure(host.send(HOST, update));
      assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
      assertThat(refused.code()).isEqualTo("job.live");
      assertThat(Jobs.views(site, Plans.JOB).get(0).edition()).isZero();
      Await.value(
          host.send(
              HOST,
              new PartyCommand.TellJobStatus(Plans.JOB, 0, JobStatus.CANCELED, 0, "stopped")));
      Await.value(host.send(HOST, update));
      assertThat(Widened.tree(Jobs.views(site, Plans.JOB).get(0).conf()))
          .isEqualTo(Widened.tree(documents("new").conf()));
    }
  }

  @Test
  void aNewRunTellsSuchAPartyTheEndFirst() {
    // The host is updated while all is well, and forgets the end before the next run.
    Function<PartyCommand, CompletionStage<Void>> forgetful =
        command ->
            command instanceof PartyCommand.UpdateJob update
                    && update.edition() == 2
                    && sent.stream().filter(command::equals).count() == 1
                ? CompletableFuture.failedStage(
                    new FedflowException(FailureKind.CONFLICT, "job.live", "the job is RUNNING"))
                : done();
    try (Fedflow site = siteOf(GUEST, forgetful)) {
      String jobId = Await.value(site.submit(documents("old"))).jobId();
      Await.value(site.pipelines().stop(jobId, "a user"));
      Await.until("the job is over", () -> site.engine().live().isEmpty());
      Await.value(
          site.pipelines()
              .updateParameters(
                  jobId,
                  new ParameterUpdate(
                      null, Map.of("common", Map.of("step", Map.of("note", "new"))))));
      sent.clear();
      Await.value(site.pipelines().rerun(jobId, List.of(), true, "a user"));
      assertThat(sent.stream().map(command -> command.getClass().getSimpleName()).limit(4))
          .containsExactly("UpdateJob", "TellJobStatus", "UpdateJob", "RerunJob");
      assertThat(sent.get(1))
          .isEqualTo(
              new PartyCommand.TellJobStatus(
                  jobId, 0, JobStatus.CANCELED, 0, "the job runs again"));
    }
  }
}
