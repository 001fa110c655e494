package io.fedflow.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, to be closed in reverse order; one that fails does not keep the rest open. */
final class Closers {

  private static final Logger LOG = System.getLogger(Closers.class.getName());

  private record Closer(String name, AutoCloseable end) {}

  private final Deque<Closer> open = new ArrayDeque<>();

  synchronized void add(String name, AutoCloseable end) {
    open.push(new Closer(name, end));
  }

  /** Adds what is closed after all the rest. */
  synchronized void addLast(String name, AutoCloseable end) {
    open.addLast(new Closer(name, end));
  }

  synchronized void closeAll() {
    while (!open.isEmpty()) {
      Closer closer = open.pop();
      try {
        closer.end().close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, () -> "stopping: " + closer.name() + " did not end well", e);
      }
    }
  }
}
