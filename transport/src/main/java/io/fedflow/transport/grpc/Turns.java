package io.fedflow.transport.grpc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Lets the transfers of one connection write in turn, one piece at a time: the next one writes when
 * the last piece is on its way. They share the connection's bytes anyway, so this costs nothing;
 * what waits stays with its sender, not in buffers, which {@link SteadyWrites} relies on.
 *
 * <p>Confined to one context.
 */
final class Turns {

  /** A stream that its receiver lets wait may keep the others waiting no longer than this. */
  private static final long LONGEST_MILLIS = 200;

  private final Vertx vertx;
  private final Context context;
  private final Queue<Supplier<Future<Void>>> waiting = new ArrayDeque<>();
  private boolean taken;

  Turns(Vertx vertx, Context context) {
    this.vertx = vertx;
    this.context = context;
  }

  /**
   * Writes when it is its turn, never before this method returns.
   *
   * @param write writes and tells when that is on its way; throws nothing
   */
  void take(Supplier<Future<Void>> write) {
    waiting.add(write);
    next();
  }

  private void next() {
    if (!taken && !waiting.isEmpty()) {
      taken = true;
      // Never from within what told that there is room.
      context.runOnContext(v -> run(waiting.remove()));
    }
  }

  private void run(Supplier<Future<Void>> write) {
    Future<Void> written = write.get();
    Turn turn = new Turn();
    if (!written.isComplete()) {
      turn.timer = vertx.setTimer(LONGEST_MILLIS, id -> turn.over());
    }
    written.onComplete(done -> turn.over());
  }

  /** One of them; it ends once. */
  private final class Turn {
    private long timer = -1;
    private boolean over;

    private void over() {
      if (!over) {
        over = true;
        if (timer >= 0) {
          vertx.cancelTimer(timer);
        }
        taken = false;
        next();
      }
    }
  }
}
