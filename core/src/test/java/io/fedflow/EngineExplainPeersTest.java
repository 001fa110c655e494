package io.fedflow;

import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.fakes.Await;
import io.fedflow.fakes.Jobs;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.Wait;
import io.fedflow.job.Wait.Cause;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What explain says while the sites of other parties are away. */
@Timeout(60)
class EngineExplainPeersTest extends ExplainedSite {

  @Test
  void aPartyCannotBeReached() {
    try (Fedflow site = site().timers(held).build()) {
      JobHandle job = Await.value(site.submit(of("Opened", "Step").compile()));
      now.set(20_000);
      cutOff.set(HOST);
      opened.countDown();
      Await.until(
          "the host is missed",
          () ->
              explain(site, job.jobId()).stream()
                  .anyMatch(wait -> wait.cause() == Cause.PEER_UNREACHABLE));
      Wait wait = only(explain(site, job.jobId()), Cause.PEER_UNREACHABLE);
      assertWait(wait, "", HOST, 20_000);
      assertThat(wait.text())
          .contains("host:2 is not there")
          .containsPattern("last contact 1970-01-01T00:00:[12]0Z")
          .contains("next try " + Instant.ofEpochMilli(20_100));
      assertThat(wait.remedy()).contains("the server of host:2");
      cutOff.set(null);
      held.fire(200);
      assertThat(Await.value(job.completion()).good()).isTrue();
    }
  }

  @Test
  void aPartyThatCouldNotBeReachedAtAllIsNamedAfterTheEnd() {
    try (Fedflow site = site().build()) {
      cutOff.set(HOST);
      Await.failure(site.submit(of("Step").compile()));
      Await.until("nothing is live", () -> site.engine().live().isEmpty());
      String jobId = Jobs.allViews(site).get(0).jobId();
      Wait wait = only(explain(site, jobId), Cause.PEER_UNREACHABLE);
      assertWait(wait, "", HOST, 10_000);
      assertThat(wait.remedy()).contains("the server of host:2").contains("submit it again");
    }
  }

  @Test
  void aPartyHasNotAnsweredYet() {
    CompletableFuture<Void> late = new CompletableFuture<>();
    AtomicReference<String> asked = new AtomicReference<>();
    try (Fedflow site =
        site()
            .links(
                (own, mailboxes) ->
                    new FedflowBuilder.Links(
                        (to, command) -> {
                          if (!to.equals(HOST) || !(command instanceof PartyCommand.CreateJob)) {
                            return own.send(to, command);
                          }
                          asked.set(command.jobId());
                          return late.thenCompose(then -> own.send(to, command));
                        },
                        mailboxes,
                        any -> true))
            .build()) {
      CompletionStage<JobHandle> job = site.submit(of("Step").compile());
      Await.until("the host was asked", () -> asked.get() != null);
      Await.until("the guest has it", () -> !Jobs.views(site, asked.get()).isEmpty());
      Await.until(
          "only the host is awaited",
          () ->
              explain(site, asked.get()).stream()
                      .filter(wait -> wait.cause() == Cause.CREATING)
                      .count()
                  == 1);
      Wait wait = only(explain(site, asked.get()), Cause.CREATING);
      assertWait(wait, "", HOST, 10_000);
      assertThat(wait.text()).contains("host:2 has not answered");
      assertThat(wait.remedy()).contains("host:2");
      late.complete(null);
      assertThat(Await.value(Await.value(job).completion()).good()).isTrue();
    }
  }

  @Test
  void aPartyThatStaysAwayIsNamedAfterTheEnd() {
    try (Fedflow site = site().timers(held).peerPatience(java.time.Duration.ZERO).build()) {
      JobHandle job = Await.value(site.submit(of("Opened", "Step").compile()));
      cutOff.set(HOST);
      opened.countDown();
      Await.until("the job gave up", () -> !endsOf(explain(site, job.jobId())).isEmpty());
      Wait wait = only(endsOf(explain(site, job.jobId())), Cause.PEER_UNREACHABLE);
      assertWait(wait, "", HOST, 10_000);
      assertThat(wait.text()).contains("could not start").contains("host:2 is not there");
    }
  }

  private static List<Wait> endsOf(List<Wait> waits) {
    return waits.stream().filter(wait -> wait.text().contains("ended as FAILED")).toList();
  }
}
