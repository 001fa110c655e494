package io.fedflow.transport.http.board;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open event streams of a server. Thread-safe. */
public final class EventStreams {

  private final Vertx vertx;
  private final int most;
  private final long maxBytes;
  private final Duration heartbeat;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

  /**
   * Opens streams under these bounds.
   *
   * @param most how many at once
   * @param maxBytes how much one may owe a slow reader
   * @param heartbeat how often an idle stream shows that it lives
   */
  public EventStreams(Vertx vertx, int most, long maxBytes, Duration heartbeat) {
    this.vertx = vertx;
    this.most = most;
    this.maxBytes = maxBytes;
    this.heartbeat = heartbeat;
  }

  /** Opens a stream on a response, called on its event loop; empty if there are too many. */
  Optional<EventStream> open(HttpServerResponse response) {
    if (open.size() >= most) {
      return Optional.empty();
    }
    EventStream stream =
        new EventStream(vertx, vertx.getOrCreateContext(), response, maxBytes, heartbeat);
    open.add(stream);
    stream.onClose(() -> open.remove(stream));
    stream.start();
    return Optional.of(stream);
  }

  /** Tells all readers that the server goes, and ends their streams. */
  public void closeAll() {
    open.forEach(stream -> stream.finish("closing", "{}"));
  }
}
