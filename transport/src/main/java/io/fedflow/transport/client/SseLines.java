package io.fedflow.transport.client;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Puts the lines of a stream together to events. Lines come one at a time. */
final class SseLines implements Flow.Subscriber<String> {

  private final Consumer<Event> events;
  private volatile Flow.Subscription subscription;
  private volatile long lines;
  private String id = "";
  private String type = "";
  private String data = "";

  /**
   * One event.
   *
   * @param id as sent; empty if none was
   * @param type as sent
   * @param data as sent
   */
  record Event(String id, String type, String data) {}

  SseLines(Consumer<Event> events) {
    this.events = events;
  }

  /** How many lines came so far; heartbeats count. */
  long lines() {
    return lines;
  }

  void cancel() {
    Flow.Subscription current = subscription;
    if (current != null) {
      current.cancel();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    lines = lines + 1;
    if (line.isEmpty()) {
      dispatch();
    } else if (line.startsWith("id: ")) {
      id = line.substring(4);
    } else if (line.startsWith("event: ")) {
      type = line.substring(7);
    } else if (line.startsWith("data: ")) {
      data = line.substring(6);
    }
  }

  @Override
  public void onError(Throwable failure) {
    // The response's own future tells it.
  }

  @Override
  public void onComplete() {
    // An event that was not ended by an empty line is not an event.
  }

  private void dispatch() {
    if (!type.isEmpty()) {
      events.accept(new Event(id, type, data));
    }
    id = "";
    type = "";
    data = "";
  }
}
