package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.Stores;
import io.fedflow.spi.Timers.Timer;
import io.fedflow.testkit.sim.ManualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a server ends whose store broke. */
@Timeout(120)
class FailureExitTest {

  private static final Duration DELAY = Duration.ofMinutes(5);
  private static final String CSV = "id,x\na,1\nb,2\n";

  private final ManualTime time = new ManualTime(Instant.EPOCH, 1);
  private final CountDownLatch armed = new CountDownLatch(1);
  private volatile boolean broken;
  private volatile RuntimeException failure = new IllegalStateException("the disk is gone");

  @TempDir Path folder;

  @Test
  void canBeReadUntilTheDelayIsOverThenEndsWithACode() throws Exception {
    try (TestServer server = start(DELAY)) {
      String before = server.upload("before", CSV);
      assertThat(server.ended(before)).containsEntry("status", "success");
      assertThat(ready(server).statusCode()).isEqualTo(200);
      broken = true;
      assertThatThrownBy(() -> server.upload("meets", CSV)).isInstanceOf(RuntimeException.class);
      armed.await();

      assertThat(ready(server).statusCode()).isEqualTo(503);
      assertThat(ready(server).body()).contains("the disk is gone");
      assertThatThrownBy(() -> server.upload("after", CSV))
          .hasMessageContaining("takes no more jobs")
          .hasMessageContaining("the disk is gone");
      assertThat(server.blocking().job(before)).containsEntry("status", "success");
      assertThat(server.blocking().downloadLogs(before, folder.resolve("logs"))).isNotNull();

      assertThat(time.step()).isTrue();

      assertThat(time.instant()).isEqualTo(Instant.EPOCH.plus(DELAY));
      assertThat(exitCode(server)).isEqualTo(FedflowServer.FAILED_EXIT);
    }
  }

  @Test
  void endsAtOnceIfThereIsNoDelay() throws Exception {
    try (TestServer server = start(Duration.ZERO)) {
      broken = true;
      assertThatThrownBy(() -> server.upload("meets", CSV)).isInstanceOf(RuntimeException.class);
      armed.await();

      assertThat(time.step()).isTrue();

      assertThat(time.instant()).isEqualTo(Instant.EPOCH);
      assertThat(exitCode(server)).isEqualTo(FedflowServer.FAILED_EXIT);
    }
  }

  @Test
  void isNotReadyWhileItsStoreIsDownAndGoesOnByItself() throws Exception {
    try (TestServer server = start(Duration.ZERO)) {
      failure =
          new FedflowException(FailureKind.UNAVAILABLE, "store.unavailable", "the disk is away");
      broken = true;
      CompletableFuture<String> meets = new CompletableFuture<>();
      Thread uploads = new Thread(() -> complete(meets, () -> server.upload("meets", CSV)));
      uploads.start();
      while (ready(server).statusCode() == 200) {
        Thread.onSpinWait();
      }
      HttpResponse<String> unready = ready(server);
      assertThat(unready.statusCode()).isEqualTo(503);
      assertThat(unready.body())
          .contains("the store of this site is down since")
          .contains("next try")
          .contains("the disk is away");
      assertThat(get(server, "/metrics").body()).contains("fedflow_store_down 1.0");
      assertThatThrownBy(() -> server.upload("after", CSV))
          .hasMessageContaining("takes no new jobs")
          .hasMessageContaining("the disk is away");

      broken = false;

      assertThat(server.ended(meets.get(60, TimeUnit.SECONDS))).containsEntry("status", "success");
      assertThat(ready(server).statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics").body()).contains("fedflow_store_down 0.0");
      assertThat(server.server().site().health().failure()).isEmpty();
    }
  }

  private static void complete(CompletableFuture<String> into, Callable<String> work) {
    try {
      into.complete(work.call());
    } catch (Exception failed) {
      into.completeExceptionally(failed);
    }
  }

  @Test
  void anEndInOrderHasNoCode() throws Exception {
    TestServer server = start(DELAY);
    server.close();

    assertThat(exitCode(server)).isZero();
    assertThat(server.server().site().health().failure()).isEmpty();
    assertThat(time.pending()).isZero();
  }

  @Test
  void negativeTimesAreRefused() {
    assertThatThrownBy(
            () -> TestServer.options(folder).storePatience(Duration.ofSeconds(-1)).build())
        .hasMessage("--store-patience: found -1 s, allowed 0 or more");
    assertThatThrownBy(() -> TestServer.options(folder).exitDelay(Duration.ofSeconds(-1)).build())
        .hasMessage("--exit-delay: found -1 s, allowed 0 or more");
  }

  private TestServer start(Duration delay) throws StartupFailure {
    ServerOptions options = TestServer.options(folder).exitDelay(delay).build();
    return TestServer.of(FedflowServer.start(options, this::breakable, this::arm), folder);
  }

  /** On a thread of the site; the test goes on only when it is done. */
  private Timer arm(long millis, Runnable work) {
    Timer timer = time.after(millis, work);
    armed.countDown();
    return timer;
  }

  /** The stores, of which no turn can be stored once the test says so. */
  private Stores breakable(Stores stores) {
    JobStore jobs =
        (JobStore)
            Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, given) -> {
                  if (broken && method.getName().equals("commit")) {
                    return CompletableFuture.failedStage(failure);
                  }
                  try {
                    return method.invoke(stores.jobs(), given);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
    return new Stores(
        jobs,
        stores.tracking(),
        stores.tables(),
        stores.models(),
        stores.blobs(),
        stores.servers(),
        stores.instances(),
        stores::close);
  }

  private static int exitCode(TestServer server) throws Exception {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                code.complete(server.server().awaitEnd());
              } catch (InterruptedException e) {
                code.completeExceptionally(e);
              }
            });
    waiting.start();
    return code.get(60, TimeUnit.SECONDS);
  }

  private static HttpResponse<String> ready(TestServer server) throws Exception {
    return get(server, "/health/ready");
  }

  private static HttpResponse<String> get(TestServer server, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.server().url() + path)).GET().build(),
            BodyHandlers.ofString());
  }
}
