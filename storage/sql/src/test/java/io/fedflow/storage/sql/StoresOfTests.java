package io.fedflow.storage.sql;

import io.fedflow.spi.Stores;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Opens stores for tests that know nothing of where things are kept, and closes them when the test
 * has ended: the tests of the engine, which are written for memory.
 */
public abstract class StoresOfTests implements Supplier<Stores>, TestExecutionListener {

  /** Of all instances: the test's listener is another one than what opened. */
  private static final Deque<Stores> OPEN = new ConcurrentLinkedDeque<>();

  @Override
  public final Stores get() {
    try {
      Stores opened = open();
      OPEN.push(opened);
      return opened;
    } catch (Exception e) {
      throw new IllegalStateException("no stores for the test", e);
    }
  }

  /** Opens fresh and empty stores. */
  protected abstract Stores open() throws Exception;

  @Override
  public final void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      for (Stores next = OPEN.poll(); next != null; next = OPEN.poll()) {
        next.close();
      }
    }
  }
}
