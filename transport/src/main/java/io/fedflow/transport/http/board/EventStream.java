package io.fedflow.transport.http.board;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One reader of server-sent events. Events may be offered from any thread; they are written in the
 * order offered, on the event loop. A reader that is slower than its events owes memory: beyond the
 * bound it is dropped and may come back with {@code Last-Event-ID}.
 */
final class EventStream {

  /** How long a dropped reader may take to read that it was dropped. */
  private static final long FAREWELL_MILLIS = 5_000;

  private final Vertx vertx;
  private final Context context;
  private final HttpServerResponse response;
  private final long maxBytes;
  private final Duration heartbeat;
  private final Queue<Buffer> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong owed = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Runnable> closers = new ArrayList<>();
  private final List<Promise<Void>> drained = new ArrayList<>();
  private long timer = -1;

  /** The last event; set on the event loop once nothing more is offered. */
  private Buffer farewell;

  private boolean closed;

  EventStream(
      Vertx vertx,
      Context context,
      HttpServerResponse response,
      long maxBytes,
      Duration heartbeat) {
    this.vertx = vertx;
    this.context = context;
    this.response = response;
    this.maxBytes = maxBytes;
    this.heartbeat = heartbeat;
  }

  /** Sends the head of the answer; on the event loop. */
  void start() {
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    response.closeHandler(gone -> close());
    response.exceptionHandler(failure -> close());
    response.drainHandler(drain -> flush());
    response.write("retry: 2000\n\n");
    timer = vertx.setPeriodic(heartbeat.toMillis(), beat -> offer(Buffer.buffer(": alive\n\n")));
  }

  /** Runs when the stream ended for whatever reason; on the event loop, at once if it did. */
  void onClose(Runnable closer) {
    if (closed) {
      closer.run();
    } else {
      closers.add(closer);
    }
  }

  /** Offers an event; false once the stream is over. */
  boolean offer(String type, long id, String json) {
    return offer(encode(type, id, json));
  }

  /** Sends a last event and ends the stream. */
  void finish(String type, String json) {
    if (over.compareAndSet(false, true)) {
      context.runOnContext(
          end -> {
            farewell = encode(type, 0, json);
            flush();
          });
    }
  }

  /** Completes when everything offered so far was handed to the connection; on the event loop. */
  Future<Void> drained() {
    Promise<Void> promise = Promise.promise();
    if (closed || waiting.isEmpty() && !response.writeQueueFull()) {
      promise.complete();
    } else {
      drained.add(promise);
    }
    return promise.future();
  }

  /** Runs something on the stream's event loop. */
  void run(Runnable work) {
    context.runOnContext(go -> work.run());
  }

  /** Tells whether nothing can be sent any more; on the event loop. */
  boolean isClosed() {
    return closed;
  }

  private boolean offer(Buffer event) {
    if (over.get()) {
      return false;
    }
    if (owed.addAndGet(event.length()) > maxBytes) {
      drop();
      return false;
    }
    waiting.add(event);
    if (scheduled.compareAndSet(false, true)) {
      context.runOnContext(
          go -> {
            scheduled.set(false);
            flush();
          });
    }
    return true;
  }

  private void flush() {
    while (!closed && !response.writeQueueFull()) {
      Buffer event = waiting.poll();
      if (event == null) {
        break;
      }
      owed.addAndGet(-event.length());
      response.write(event);
    }
    if (!closed && waiting.isEmpty() && farewell != null) {
      // Followers go before the reader sees the end.
      close();
      response.end(farewell);
    }
    if (closed || waiting.isEmpty() && !response.writeQueueFull()) {
      List<Promise<Void>> done = List.copyOf(drained);
      drained.clear();
      done.forEach(Promise::tryComplete);
    }
  }

  /** What waits is thrown away: the reader asks for it again, from the last id it saw. */
  private void drop() {
    if (over.compareAndSet(false, true)) {
      context.runOnContext(
          go -> {
            waiting.clear();
            if (!closed) {
              close();
              response.end(
                  encode("dropped", 0, "{\"reason\":\"the reader is slower than the events\"}"));
              vertx.setTimer(FAREWELL_MILLIS, late -> response.reset());
            }
          });
    }
  }

  private void close() {
    if (closed) {
      return;
    }
    closed = true;
    over.set(true);
    waiting.clear();
    vertx.cancelTimer(timer);
    closers.forEach(Runnable::run);
    flush();
  }

  /** JSON without white space never holds a line break. */
  private static Buffer encode(String type, long id, String json) {
    String head = id > 0 ? "id: " + id + '\n' : "";
    return Buffer.buffer(head + "event: " + type + "\ndata: " + json + "\n\n");
  }
}
