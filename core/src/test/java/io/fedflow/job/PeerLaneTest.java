package io.fedflow.job;

import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.ManualTime;
import io.fedflow.fakes.Plans;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PeerLaneTest {

  private static final long PATIENCE = 60_000;

  private final ManualTime time = new ManualTime();
  private final List<PartyCommand> sent = new ArrayList<>();
  private final List<Signal> told = new ArrayList<>();
  private Throwable failure;
  private CompletableFuture<Void> answered;
  private final PeerLane lane = new PeerLane(HOST, parts(false));

  private EngineParts parts(boolean local) {
    return new EngineParts(
        null,
        null,
        null,
        null,
        null,
        (to, command) -> answer(command),
        party -> local,
        new ComponentCatalog(List.of()),
        time,
        Runnable::run,
        time,
        Duration.ofMillis(PATIENCE),
        Duration.ZERO,
        new IgnoredEvents(),
        JobPolicy.ALLOW_ALL,
        told::add,
        Runnable::run,
        io.fedflow.spi.PeerWatch.NONE);
  }

  private CompletionStage<Void> answer(PartyCommand command) {
    sent.add(command);
    if (answered != null) {
      return answered;
    }
    return failure == null
        ? CompletableFuture.completedStage(null)
        : CompletableFuture.failedStage(failure);
  }

  private static FedflowException away() {
    return new FedflowException(FailureKind.UNAVAILABLE, "party.unreachable", "host is away");
  }

  private static PartyCommand command(String component) {
    return new PartyCommand.StartTask(Plans.task(component));
  }

  private CompletableFuture<Void> send(String component) {
    return lane.add(command(component), PATIENCE, () -> true);
  }

  @Test
  void triesAgainWithGrowingPauses() {
    failure = away();
    CompletableFuture<Void> done = send("a");
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      pauses.add(time.pause());
      time.pass(time.pause());
    }
    assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
    assertThat(done).isNotDone();
    assertThat(lane.contact())
        .isEqualTo(new PeerLane.Contact(HOST, 0, 1_000, time.millis() + 5_000, "host is away"));
    failure = null;
    time.pass(5_000);
    assertThat(done).isCompleted();
    assertThat(lane.contact()).isEqualTo(new PeerLane.Contact(HOST, time.millis(), 0, 0, ""));
    assertThat(lane.idle()).isTrue();
  }

  private List<String> ends() {
    return told.stream()
        .filter(Signal.CommandSent.class::isInstance)
        .map(Signal.CommandSent.class::cast)
        .map(end -> end.delivery().text() + " after " + end.tries() + ": " + end.cause())
        .toList();
  }

  @Test
  void tellsOfEveryTryAndOfEveryEnd() {
    failure = away();
    send("a");
    time.pass(100);
    failure = null;
    time.pass(200);
    assertThat(told)
        .hasSize(3)
        .startsWith(
            new Signal.CommandRetried(Plans.JOB, HOST, "StartTask", 1, 100, "host is away"),
            new Signal.CommandRetried(Plans.JOB, HOST, "StartTask", 2, 200, "host is away"));
    failure = FedflowException.invalid("job.unknown", "never heard of it");
    Await.failure(send("b"));
    failure = away();
    send("c");
    CompletableFuture<Void> behind = send("d");
    time.pass(2 * PATIENCE);
    assertThat(behind).isCompletedExceptionally();
    assertThat(ends())
        .containsExactly(
            "arrived after 3: ",
            "refused after 1: never heard of it",
            "lost after 18: host is away",
            "lost after 0: host is away");
  }

  @Test
  void keepsTheOrder() {
    failure = away();
    send("a");
    send("b");
    CompletableFuture<Void> last = send("c");
    assertThat(sent).containsExactly(command("a"));
    assertThat(lane.idle()).isFalse();
    failure = null;
    time.pass(100);
    assertThat(last).isCompleted();
    assertThat(sent).containsExactly(command("a"), command("a"), command("b"), command("c"));
  }

  @Test
  void losesPatienceOnceForAllThatWait() {
    failure = away();
    CompletableFuture<Void> first = send("a");
    CompletableFuture<Void> second = send("b");
    time.pass(PATIENCE - 1_000);
    assertThat(first).isNotDone();
    time.pass(6_000);
    assertThat(Await.failure(first).code()).isEqualTo("party.unreachable");
    assertThat(Await.failure(second).code()).isEqualTo("party.unreachable");
    assertThat(Await.failure(send("c")).code()).isEqualTo("party.unreachable");
    assertThat(time.pause()).isNegative();
    failure = null;
    assertThat(send("d")).isCompleted();
    failure = away();
    assertThat(send("e")).isNotDone();
  }

  @Test
  void aRefusalIsFinalAndCountsAsContact() {
    failure = FedflowException.invalid("job.unknown", "never heard of it");
    assertThat(Await.failure(send("a")).code()).isEqualTo("job.unknown");
    assertThat(lane.contact().lastContact()).isEqualTo(time.millis());
  }

  @Test
  void whatWaitsForEverOnlyEndsWithAClearNoOrWhenNobodyNeedsIt() {
    boolean[] needed = {true};
    failure = new IllegalStateException("a bug at the peer");
    CompletableFuture<Void> report = lane.add(command("a"), Long.MAX_VALUE, () -> needed[0]);
    time.pass(100 * PATIENCE);
    assertThat(report).isNotDone();
    needed[0] = false;
    time.pass(5_000);
    assertThat(report).isCompletedExceptionally();
    needed[0] = true;
    failure = FedflowException.invalid("job.unknown", "never heard of it");
    assertThat(lane.add(command("b"), Long.MAX_VALUE, () -> true)).isCompletedExceptionally();
  }

  @Test
  void closingFailsWhatIsUnderWayAndWhatComes() {
    failure = away();
    CompletableFuture<Void> first = send("a");
    CompletableFuture<Void> second = send("b");
    FedflowException why = FedflowException.cancelled("closed");
    lane.close(why);
    assertThat(Await.failure(first)).isSameAs(why);
    assertThat(Await.failure(second)).isSameAs(why);
    assertThat(Await.failure(send("c"))).isSameAs(why);
    time.pass(PATIENCE);
    assertThat(sent).hasSize(1);
  }

  @Test
  void oneWordAfterTheOtherGoesToAnotherSite() {
    answered = new CompletableFuture<>();
    send("a");
    CompletableFuture<Void> second = send("b");
    assertThat(sent).containsExactly(command("a"));
    answered.complete(null);
    assertThat(sent).containsExactly(command("a"), command("b"));
    assertThat(second).isCompleted();
  }

  @Test
  void wordsToALocalPartyDoNotWaitForEachOtherUnlessOneNeedsMoreThanTheLane() {
    PeerLane own = new PeerLane(HOST, parts(true));
    PartyCommand slots = new PartyCommand.AskSlots(Plans.JOB, 0, 1);
    answered = new CompletableFuture<>();
    own.add(command("a"), PATIENCE, () -> true);
    own.add(command("b"), PATIENCE, () -> true);
    own.add(slots, PATIENCE, () -> true);
    CompletableFuture<Void> last = own.add(command("c"), PATIENCE, () -> true);
    assertThat(sent).containsExactly(command("a"), command("b"));
    CompletableFuture<Void> first = answered;
    answered = new CompletableFuture<>();
    first.complete(null);
    assertThat(sent).containsExactly(command("a"), command("b"), slots);
    answered.complete(null);
    assertThat(sent).containsExactly(command("a"), command("b"), slots, command("c"));
    assertThat(last).isCompleted();
    assertThat(own.idle()).isTrue();
  }

  @Test
  void localWordsThatFailTogetherAreSentAgainInOrder() {
    PeerLane own = new PeerLane(HOST, parts(true));
    answered = new CompletableFuture<>();
    own.add(command("a"), PATIENCE, () -> true);
    CompletableFuture<Void> second = own.add(command("b"), PATIENCE, () -> true);
    answered.completeExceptionally(away());
    answered = null;
    sent.clear();
    assertThat(time.pause()).isEqualTo(100);
    time.pass(100);
    assertThat(sent).containsExactly(command("a"), command("b"));
    assertThat(second).isCompleted();
  }
}
