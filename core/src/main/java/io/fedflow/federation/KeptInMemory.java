package io.fedflow.federation;

import java.util.concurrent.atomic.AtomicBoolean;

/** A whole payload that waits in memory, for which room is reserved. Thread-safe. */
final class KeptInMemory implements Kept {

  private final PayloadRoom room;
  private final Payload payload;
  private final AtomicBoolean released = new AtomicBoolean();

  KeptInMemory(PayloadRoom room, Payload payload) {
    this.room = room;
    this.payload = payload;
  }

  @Override
  public Payload take() {
    drop();
    return payload;
  }

  @Override
  public void drop() {
    if (released.compareAndSet(false, true)) {
      room.releaseMemory(payload.bytes().length);
    }
  }
}
