package io.fedflow.testkit.eventloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class BlockedEventLoopsTest {

  @Test
  void waitingOnAnEventLoop_failsTheTestThatDidIt() {
    List<TestExecutionResult> results = run(Waits.class);
    assertThat(results).hasSize(1);
    assertThat(results.get(0).getStatus()).isEqualTo(TestExecutionResult.Status.FAILED);
    Throwable failure = results.get(0).getThrowable().orElseThrow();
    assertThat(failure).hasMessageContaining("event loop was blocked");
    assertThat(failure.getCause().getStackTrace())
        .as("the stack of the event loop")
        .anyMatch(frame -> frame.getClassName().startsWith(Waits.class.getName()));
  }

  @Test
  void computingForLong_failsNothing() {
    assertThat(run(Computes.class))
        .extracting(TestExecutionResult::getStatus)
        .containsExactly(TestExecutionResult.Status.SUCCESSFUL);
  }

  @Test
  void waitingInAProcessOfItsOwn_isWrittenDown(@TempDir Path folder) throws Exception {
    Path reports = folder.resolve("blocked.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + BlockedEventLoops.FILE + "=" + reports,
                "-cp",
                System.getProperty("java.class.path"),
                BlockingProgram.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(reports).content().contains("AssertionError", BlockingProgram.class.getName());
  }

  @Test
  void classesOfTheJdk_mayReadTheirFilesWhenTheyAreFirstUsed() {
    StackTraceElement file = frame("java.io.UnixFileSystem", "normalize");
    assertThat(BlockingStack.isOne(new StackTraceElement[] {file})).isTrue();
    assertThat(
            BlockingStack.isOne(
                new StackTraceElement[] {file, frame("sun.net.NetProperties", "<clinit>")}))
        .isFalse();
    assertThat(
            BlockingStack.isOne(
                new StackTraceElement[] {file, frame("io.fedflow.job.Anything", "<clinit>")}))
        .isTrue();
  }

  @Test
  void randomNumbersOfTheKernel_areNoFile() {
    StackTraceElement file = frame("java.io.FileInputStream", "readBytes");
    assertThat(BlockingStack.isOne(new StackTraceElement[] {file})).isTrue();
    assertThat(
            BlockingStack.isOne(
                new StackTraceElement[] {
                  file, frame("sun.security.provider.NativePRNG$RandomIO", "readFully")
                }))
        .isFalse();
  }

  @Test
  void aComponentThatChecksItsParameters_doesNotComputeForLong() {
    StackTraceElement check = frame("io.fedflow.components.lr.LrParameters", "check");
    assertThat(BlockingStack.isOne(new StackTraceElement[] {check})).isTrue();
    assertThat(
            BlockingStack.isOne(
                new StackTraceElement[] {
                  check, frame("io.fedflow.component.ComponentDescriptor", "resolve")
                }))
        .isFalse();
  }

  private static StackTraceElement frame(String type, String method) {
    return new StackTraceElement(type, method, "Any.java", 1);
  }

  /** Waits on an event loop until that was written down. */
  static final class BlockingProgram {

    /** Ends by itself. */
    public static void main(String[] args) throws Exception {
      Path reports = Path.of(System.getProperty(BlockedEventLoops.FILE));
      Vertx vertx = Vertx.vertx();
      CountDownLatch over = new CountDownLatch(1);
      vertx.runOnContext(
          start -> {
            while (Files.notExists(reports)) {
              LockSupport.parkNanos(1_000_000);
            }
            over.countDown();
          });
      boolean reported = over.await(30, TimeUnit.SECONDS);
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
      System.exit(reported ? 0 : 1);
    }
  }

  private static List<TestExecutionResult> run(Class<?> type) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(type))
            .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
            .build();
    List<TestExecutionResult> results = new ArrayList<>();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                  results.add(result);
                }
              }
            });
    return results;
  }

  /** A test, for the tests above, whose event loop waits until Vert.x reported it. */
  static final class Waits {

    @Test
    void waits() throws Exception {
      Vertx vertx = Vertx.vertx();
      try (Reported reported = new Reported()) {
        CountDownLatch over = new CountDownLatch(1);
        vertx.runOnContext(
            start -> {
              reported.awaitOne();
              over.countDown();
            });
        assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
      } finally {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
      }
    }
  }

  /** A test, for the tests above, whose event loop computes until Vert.x reported it. */
  static final class Computes {

    @Test
    void computes() throws Exception {
      Vertx vertx = Vertx.vertx();
      try (Reported reported = new Reported()) {
        CountDownLatch over = new CountDownLatch(1);
        vertx.runOnContext(
            start -> {
              while (!reported.any()) {
                Thread.onSpinWait();
              }
              over.countDown();
            });
        assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
      } finally {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
      }
    }
  }

  /** Whether Vert.x reported a blocked thread. */
  private static final class Reported extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger(BlockedEventLoops.LOGGER);
    private final CountDownLatch first = new CountDownLatch(1);

    Reported() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
      if (entry.getThrown() != null) {
        first.countDown();
      }
    }

    boolean any() {
      return first.getCount() == 0;
    }

    void awaitOne() {
      try {
        assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void flush() {
      // Nothing is kept back.
    }

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
