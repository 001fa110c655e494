package io.fedflow.transport.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Tells somebody of each item on its way. Thread-safe if the listener is.
 *
 * @param inner takes the items
 * @param tap hears of each before; must not change it
 */
record Tapped<T>(Flow.Subscriber<? super T> inner, Consumer<? super T> tap)
    implements Flow.Subscriber<T> {

  /** The same body, tapped. */
  static BodyPublisher body(BodyPublisher body, Consumer<ByteBuffer> tap) {
    Flow.Publisher<ByteBuffer> tapped = subscriber -> body.subscribe(new Tapped<>(subscriber, tap));
    return body.contentLength() < 0
        ? BodyPublishers.fromPublisher(tapped)
        : BodyPublishers.fromPublisher(tapped, body.contentLength());
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    inner.onSubscribe(subscription);
  }

  @Override
  public void onNext(T item) {
    tap.accept(item);
    inner.onNext(item);
  }

  @Override
  public void onError(Throwable failure) {
    inner.onError(failure);
  }

  @Override
  public void onComplete() {
    inner.onComplete();
  }
}
