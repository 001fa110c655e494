package io.fedflow.server;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.StartupStep;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** The steps of a start, one after another, each named and timed. Readable from any thread. */
final class Startup {

  private static final Logger LOG = System.getLogger(Startup.class.getName());

  private final List<StartupStep> ended = new ArrayList<>();
  private String current = "";
  private long since;

  /** One step that gives something. */
  <T> T step(String name, Callable<T> work) throws StartupFailure {
    begin(name);
    T result;
    try {
      result = work.call();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new StartupFailure(name, reason(e), e);
    }
    StartupStep step = end();
    LOG.log(
        Level.INFO,
        () -> String.format("start-up: %s, %.1f ms", name, step.duration().toNanos() / 1e6));
    return result;
  }

  /** All steps so far, the one under way last. */
  synchronized List<StartupStep> steps() {
    List<StartupStep> all = new ArrayList<>(ended);
    if (!current.isEmpty()) {
      all.add(new StartupStep(current, Duration.ofNanos(System.nanoTime() - since), false));
    }
    return all;
  }

  private synchronized void begin(String name) {
    current = name;
    since = System.nanoTime();
  }

  private synchronized StartupStep end() {
    StartupStep step = new StartupStep(current, Duration.ofNanos(System.nanoTime() - since), true);
    ended.add(step);
    current = "";
    return step;
  }

  private static String reason(Exception failure) {
    Throwable cause = failure;
    while (cause instanceof ExecutionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof FedflowException || cause instanceof IllegalArgumentException
        ? cause.getMessage()
        : cause.toString();
  }
}
