package io.fedflow.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of attempts that failed. */
class DeliveryTest {

  private static final Destination THERE = new Destination("party.unreachable", "a word", "host");

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger made = new AtomicInteger();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void whatTheOtherSiteSaid_isToldBesideABrokenConnection() {
    assertThatThrownBy(
            () ->
                deliver(
                    attempt ->
                        attempt == 1
                            ? new CallFailed("the stream was closed", false)
                            : CallFailed.told("the certificate was revoked", true)))
        .cause()
        .hasMessageContaining("host cannot be reached for a word: the stream was closed, and at")
        .hasMessageContaining("the certificate was revoked")
        .hasMessageContaining("it may have arrived");
    assertThat(made).hasValueGreaterThan(1);
  }

  @Test
  void aReasonThatStays_isToldOnce() {
    assertThatThrownBy(() -> deliver(attempt -> CallFailed.told("it is busy", false)))
        .cause()
        .hasMessageContaining("host cannot be reached for a word: it is busy (");
  }

  private void deliver(IntFunction<CallFailed> failures) throws Exception {
    Promise<Void> outcome = Promise.promise();
    vertx.runOnContext(
        start ->
            new Delivery<>(
                    vertx,
                    LinkOptions.DEFAULT.givingUpAfter(Duration.ofMillis(500)),
                    THERE,
                    new Failing(failures))
                .start()
                .onComplete(outcome));
    outcome.future().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** Attempts that never get an answer. */
  private final class Failing implements Delivery.Attempts<Void> {

    private final IntFunction<CallFailed> failures;

    private Failing(IntFunction<CallFailed> failures) {
      this.failures = failures;
    }

    @Override
    public Try<Void> prepare(long millisLeft) {
      return new Try<>() {
        @Override
        public Future<Void> start() {
          return Future.failedFuture(failures.apply(made.incrementAndGet()));
        }

        @Override
        public void cancel(String why) {
          // Nothing is under way.
        }
      };
    }

    @Override
    public boolean more() {
      return false;
    }
  }
}
