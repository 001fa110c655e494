package io.fedflow.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.dsl.JobPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.JobPolicy.Decision;
import io.fedflow.testkit.stage.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The promises of {@link JobPolicy}. */
@Timeout(120)
public abstract class JobPolicyContract {

  private static final int THREADS = 4;
  private static final int EACH = 50;

  /**
   * A question.
   *
   * @param at the party that is asked
   * @param plan the job
   */
  public record Asked(Party at, JobPlan plan) {}

  /** The policy, always the same. */
  protected abstract JobPolicy policy();

  /** A job that it allows. */
  protected abstract Asked welcome();

  /** A job that it refuses; empty if it refuses none. */
  protected Optional<Asked> unwelcome() {
    return Optional.empty();
  }

  /** A word that the reason of the refusal must hold: what was found. */
  protected String found() {
    return "";
  }

  /** Makes what the policy looks things up in fail; false if it looks up nothing. */
  protected boolean breakLookUps() {
    return false;
  }

  /** Whether {@link #whileLookUpsHang} does what it says. */
  protected boolean looksThingsUp() {
    return false;
  }

  /** For how long a question may take that waits for nothing, in seconds. */
  protected long patience() {
    return 30;
  }

  /** Holds up what the policy looks things up in, until the given work is over. */
  protected void whileLookUpsHang(Runnable work) {
    work.run();
  }

  private CompletionStage<Decision> ask(Asked asked) {
    CompletionStage<Decision> stage = policy().decide(asked.at(), "j", asked.plan());
    assertThat(stage).as("P1 a stage is never null").isNotNull();
    return stage;
  }

  private static String reason(Decision decision) {
    return decision instanceof Decision.Refuse refuse ? refuse.reason() : "";
  }

  @Test
  void P1_aJob_isAllowedOrRefused() {
    assertThat(Await.value(ask(welcome()))).isInstanceOf(Decision.Allow.class);
    unwelcome()
        .ifPresent(
            asked -> assertThat(Await.value(ask(asked))).isInstanceOf(Decision.Refuse.class));
  }

  @Test
  void P2_theSameQuestion_hasTheSameAnswer() {
    for (int i = 0; i < 3; i++) {
      assertThat(Await.value(ask(welcome()))).isEqualTo(Decision.allow());
      unwelcome()
          .ifPresent(
              asked -> assertThat(Await.value(ask(asked))).isEqualTo(Await.value(ask(asked))));
    }
  }

  @Test
  void P3_aRefusal_tellsWhatWasFound() {
    unwelcome()
        .ifPresent(
            asked ->
                assertThat(reason(Await.value(ask(asked))))
                    .isNotBlank()
                    .contains(found())
                    .doesNotContain("\n"));
  }

  @Test
  void P4_nobodyWaits_whileThePolicyLooksThingsUp() {
    if (!looksThingsUp()) {
      return;
    }
    CompletableFuture<CompletionStage<Decision>> asked = new CompletableFuture<>();
    Thread asking = new Thread(() -> asked.complete(ask(welcome())));
    whileLookUpsHang(
        () -> {
          asking.start();
          // Who waits for the look-up waits for this, too.
          CompletionStage<Decision> stage = asked.orTimeout(patience(), TimeUnit.SECONDS).join();
          assertThat(stage.toCompletableFuture()).isNotDone();
        });
    assertThat(Await.value(asked.join())).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void P5_questionsOfManyThreads_areAllAnswered() throws Exception {
    List<Decision> decisions = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Asked asked = i % 2 == 0 ? welcome() : unwelcome().orElse(welcome());
      threads.add(
          new Thread(
              () -> {
                for (int k = 0; k < EACH; k++) {
                  decisions.add(Await.value(ask(asked)));
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    long expected = unwelcome().isPresent() ? THREADS / 2 * EACH : THREADS * EACH;
    assertThat(decisions).hasSize(THREADS * EACH);
    assertThat(decisions.stream().filter(Decision.Allow.class::isInstance)).hasSize((int) expected);
  }

  @Test
  void P6_whatCannotBeLookedUp_failsTheStage() {
    if (breakLookUps()) {
      CompletionStage<Decision> stage = ask(welcome());
      FedflowException failure = Await.failure(stage);
      assertThat(failure.code()).isNotBlank();
    }
  }
}
