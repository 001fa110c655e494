package io.fedflow.fakes;

import io.fedflow.component.TaskContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Where parts of tasks wait until they are interrupted, and tell who they are. */
public final class Gate {

  private final Map<String, Thread> waiting = new ConcurrentHashMap<>();
  private final Map<String, Thread> interrupted = new ConcurrentHashMap<>();
  private final CountDownLatch never = new CountDownLatch(1);

  /** Waits to be interrupted. */
  public void enter(TaskContext context) throws InterruptedException {
    String name = context.task().component() + "@" + context.self();
    waiting.put(name, Thread.currentThread());
    try {
      never.await();
    } catch (InterruptedException stopped) {
      interrupted.put(name, Thread.currentThread());
      throw stopped;
    }
  }

  /** Waits until so many parts are inside. */
  public void awaitInside(int parts) {
    Await.until(parts + " parts wait, found " + waiting.keySet(), () -> waiting.size() >= parts);
  }

  /** The threads of the parts that came in, by {@code component@role:id}. */
  public Map<String, Thread> threads() {
    return Map.copyOf(waiting);
  }

  /** The names of the parts that were interrupted. */
  public java.util.Set<String> interrupted() {
    return java.util.Set.copyOf(interrupted.keySet());
  }
}
