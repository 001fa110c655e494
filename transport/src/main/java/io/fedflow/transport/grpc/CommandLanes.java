package io.fedflow.transport.grpc;

import io.fedflow.party.Party;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Keeps the order of commands to one party about one job (promise L4): the next one sets out when
 * the last one ended, well or not. A retried command could otherwise overtake its successor. Lanes
 * do not wait for each other. Confined to one context.
 */
final class CommandLanes {

  /** Names a lane. */
  record Lane(Party to, String jobId) {}

  private final Map<Lane, Queue<Supplier<Future<?>>>> lanes = new HashMap<>();
  private final Context context;
  private final int backlog;

  /**
   * Opens without commands.
   *
   * @param context the context that everything here is confined to
   * @param backlog how many may wait in one lane
   */
  CommandLanes(Context context, int backlog) {
    this.context = context;
    this.backlog = backlog;
  }

  /** Lets a command set out in its turn; false if too many wait. */
  boolean enter(Lane lane, Supplier<Future<?>> command) {
    Queue<Supplier<Future<?>>> waiting = lanes.get(lane);
    if (waiting == null) {
      lanes.put(lane, new ArrayDeque<>());
      depart(lane, command);
      return true;
    }
    return waiting.size() < backlog && waiting.add(command);
  }

  private void depart(Lane lane, Supplier<Future<?>> command) {
    // By way of the context: a long line of commands whose time is over must not become a deep
    // stack.
    command.get().onComplete(ended -> context.runOnContext(v -> next(lane)));
  }

  private void next(Lane lane) {
    Supplier<Future<?>> command = lanes.get(lane).poll();
    if (command == null) {
      lanes.remove(lane);
    } else {
      depart(lane, command);
    }
  }
}
