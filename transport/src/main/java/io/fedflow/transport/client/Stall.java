package io.fedflow.transport.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives up a transfer in which nothing moves any more: a big one may take any time, a dead one must
 * not. For one request. Thread-safe.
 */
final class Stall {

  private final Duration patience;
  private final AtomicLong moves = new AtomicLong();

  /**
   * Watches one transfer.
   *
   * @param patience how long no byte may move
   */
  Stall(Duration patience) {
    this.patience = patience;
  }

  /** The same body, watched. */
  BodyPublisher watched(BodyPublisher body) {
    return Tapped.body(body, item -> moves.incrementAndGet());
  }

  /** The same handler of a response, watched. */
  <T> BodyHandler<T> watched(BodyHandler<T> handler) {
    return info -> {
      moves.incrementAndGet();
      BodySubscriber<T> inner = handler.apply(info);
      return new CountedBody<>(inner, new Tapped<>(inner, item -> moves.incrementAndGet()));
    };
  }

  /** Completes like the request, or fails with {@link HttpTimeoutException} when it stalls. */
  <T> CompletableFuture<T> guard(CompletableFuture<T> sent) {
    CompletableFuture<T> guarded = sent.copy();
    look(sent, guarded, -1);
    return guarded;
  }

  private void look(CompletableFuture<?> sent, CompletableFuture<?> guarded, long before) {
    long now = moves.get();
    if (sent.isDone()) {
      return;
    }
    if (now == before) {
      guarded.completeExceptionally(
          new HttpTimeoutException("nothing moved for " + patience.toMillis() + " ms"));
      sent.cancel(true);
      return;
    }
    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> look(sent, guarded, now));
  }

  /** A response body whose parts are counted. */
  private record CountedBody<T>(BodySubscriber<T> body, Tapped<List<ByteBuffer>> counted)
      implements BodySubscriber<T> {

    @Override
    public CompletionStage<T> getBody() {
      return body.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      counted.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      counted.onNext(item);
    }

    @Override
    public void onError(Throwable failure) {
      counted.onError(failure);
    }

    @Override
    public void onComplete() {
      counted.onComplete();
    }
  }
}
