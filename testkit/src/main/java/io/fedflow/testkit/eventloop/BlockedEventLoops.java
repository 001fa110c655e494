package io.fedflow.testkit.eventloop;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test during which Vert.x reported an event loop that stood in a blocking call or in a
 * component. JUnit finds this extension by itself where extensions are detected; it needs Vert.x to
 * log through {@code java.util.logging}, and does nothing where no Vert.x is made.
 *
 * <p>A process that a test starts has no test to fail. With the kit on its class path it appends
 * its reports to the file that the system property {@value #FILE} names, for the test to look at.
 */
public final class BlockedEventLoops implements AfterEachCallback, AfterAllCallback {

  /** The system property that names a file for reports, in processes without tests. */
  public static final String FILE = "fedflow.blocked.file";

  /** The logger of Vert.x's checker of blocked threads. */
  static final String LOGGER = "io.vertx.core.impl.BlockedThreadChecker";

  private static final Reports REPORTS = new Reports();

  /** Listens from now on; whoever makes a Vert.x calls it, once the log is configured. */
  static void install() {
    REPORTS.install();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    REPORTS.failIfAny();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    REPORTS.failIfAny();
  }

  /** The reports that no test has answered for yet. Thread-safe. */
  private static final class Reports extends Handler {

    /** The log manager forgets loggers, and their handlers, that nobody holds. */
    private final Logger logger = Logger.getLogger(LOGGER);

    private final Queue<Throwable> blocked = new ConcurrentLinkedQueue<>();

    synchronized void install() {
      if (!List.of(logger.getHandlers()).contains(this)) {
        logger.setLevel(Level.WARNING);
        logger.addHandler(this);
      }
    }

    @Override
    public void publish(LogRecord entry) {
      Throwable stack = entry.getThrown();
      if (stack != null && BlockingStack.isOne(stack.getStackTrace())) {
        AssertionError report = new AssertionError(entry.getMessage());
        report.setStackTrace(stack.getStackTrace());
        String file = System.getProperty(FILE, "");
        if (file.isEmpty()) {
          blocked.add(report);
        } else {
          append(Path.of(file), report);
        }
      }
    }

    private static synchronized void append(Path file, Throwable report) {
      StringWriter text = new StringWriter();
      report.printStackTrace(new PrintWriter(text));
      try {
        Files.writeString(
            file, text.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    void failIfAny() {
      List<Throwable> found = new ArrayList<>();
      for (Throwable each = blocked.poll(); each != null; each = blocked.poll()) {
        found.add(each);
      }
      if (!found.isEmpty()) {
        AssertionError failure =
            new AssertionError(
                "an event loop was blocked; the first of "
                    + found.size()
                    + " reports is the cause, or came from the end of the test before",
                found.remove(0));
        found.forEach(failure::addSuppressed);
        throw failure;
      }
    }

    @Override
    public void flush() {
      // Nothing is kept back.
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
