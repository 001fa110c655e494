package io.fedflow;

import static io.fedflow.fakes.Plans.ARBITER;
import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskOutputs;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Plans;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.Stores;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two parties at one site, of which only one was given other parameters so far. */
class EngineMixedEditionsTest {

  private final Map<Party, String> ranWith = new ConcurrentHashMap<>();
  private final Stores stores = EngineStores.fresh();

  private Fedflow site() {
    Fake step =
        Fake.of(
            "Step",
            context -> {
              ranWith.put(context.self(), context.params().text("note"));
              return TaskOutputs.none();
            });
    return Fedflow.builder()
        .stores(stores)
        .components(new ComponentCatalog(List.of(step)))
        .links(
            (own, mailboxes) -> {
              PartyLink link =
                  (to, command) ->
                      to.equals(GUEST)
                          ? CompletableFuture.completedStage(null)
                          : own.send(to, command);
              return new FedflowBuilder.Links(link, mailboxes, party -> !party.equals(GUEST));
            })
        .build();
  }

  private static JobDocuments documents(String note) {
    Pipeline pipeline = Plans.three();
    pipeline.add("step", "Step").set("note", note);
    return pipeline.compile();
  }

  private static void tell(Fedflow site, Party to, PartyCommand command) {
    Await.value(site.localParties().send(to, command));
  }

  private static PartyCommand status(JobStatus status) {
    return new PartyCommand.TellJobStatus(Plans.JOB, 0, status, 0, "");
  }

  /**
   * The host has not heard of the end, and a late word lets it run: by what it was created with.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachRunsByItsOwnParameters(boolean restarts) {
    Fedflow site = site();
    JobDocuments old = documents("old");
    for (Party party : List.of(HOST, ARBITER)) {
      tell(
          site,
          party,
          new PartyCommand.CreateJob(
              Plans.JOB, old.dsl(), old.conf(), GUEST, 7, 1, Inheritance.NONE));
    }
    for (Party party : List.of(HOST, ARBITER)) {
      tell(site, party, new PartyCommand.AskSlots(Plans.JOB, 0, 1));
      tell(site, party, status(JobStatus.RUNNING));
    }
    tell(site, ARBITER, status(JobStatus.CANCELED));
    tell(site, ARBITER, new PartyCommand.UpdateJob(Plans.JOB, 1, 1, documents("new").conf()));
    if (restarts) {
      site.close();
      site = site();
      site.recover();
    }
    tell(site, HOST, new PartyCommand.StartTask(new TaskId(Plans.JOB, "step", 0)));
    Await.until("the host ran", () -> ranWith.containsKey(HOST));
    site.close();
    assertThat(ranWith).containsOnly(Map.entry(HOST, "old"));
  }
}
