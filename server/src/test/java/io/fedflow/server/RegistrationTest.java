package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.memory.MemoryServiceRegistry;
import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteServer;
import io.fedflow.storage.postgres.TestPostgres;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers of one site know each other. */
class RegistrationTest {

  private static final long PATIENCE_SECONDS = 60;
  private static final Duration LEASE = Duration.ofMillis(60);
  private static final SiteServer SELF = new SiteServer("self", "h", 1, 2, "fedflow/1", 5);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    Await.result(vertx.close());
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** Counts, and fails for a while. */
  private static final class Counting implements ServiceRegistry {
    final ServiceRegistry kept = new MemoryServiceRegistry();
    final AtomicInteger announced = new AtomicInteger();
    final AtomicInteger failing = new AtomicInteger();

    @Override
    public CompletionStage<Void> announce(SiteServer server, long now, Duration lease) {
      announced.incrementAndGet();
      return failing.getAndDecrement() > 0
          ? CompletableFuture.failedStage(
              new FedflowException(FailureKind.UNAVAILABLE, "store.down", "no disk"))
          : kept.announce(server, now, lease);
    }

    @Override
    public CompletionStage<Void> withdraw(String instanceId) {
      return kept.withdraw(instanceId);
    }

    @Override
    public CompletionStage<List<SiteServer>> live(long now) {
      return kept.live(now);
    }
  }

  @Test
  void aServer_isAnnouncedAgainAndAgain_andWithdrawnAtTheEnd() throws Exception {
    Counting registry = new Counting();
    Registration registration =
        new Registration(vertx, registry, SELF, () -> Instant.ofEpochMilli(7), LEASE);

    registration.start();
    until("announced three times", () -> registry.announced.get() >= 3);
    assertThat(Await.result(registry.live(7))).containsExactly(SELF);
    registration.end();

    assertThat(Await.result(registry.live(7))).isEmpty();
  }

  @Test
  void aRegistryThatIsDown_isToldOnce_andAnnouncedToAgain() throws Exception {
    List<String> warnings = new ArrayList<>();
    Logger log = Logger.getLogger(Registration.class.getName());
    Handler listener =
        new Handler() {
          @Override
          public synchronized void publish(LogRecord entry) {
            warnings.add(entry.getLevel() + " " + entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    log.addHandler(listener);
    try {
      Counting registry = new Counting();
      registry.failing.set(4);
      Registration registration =
          new Registration(vertx, registry, SELF, () -> Instant.ofEpochMilli(7), LEASE);

      registration.start();
      until("announced after the outage", () -> registry.announced.get() >= 6);
      registration.end();

      assertThat(warnings).hasSize(2);
      assertThat(warnings.get(0)).startsWith("WARNING").contains("no disk", "self");
      assertThat(warnings.get(1)).startsWith("INFO").contains("answers again");
    } finally {
      log.removeHandler(listener);
    }
  }

  @Test
  void twoServersOfOneDatabase_listEachOther() throws Exception {
    String database = TestPostgres.freshDatabase();
    try (TestServer first = shared("first", database)) {
      try (TestServer second = shared("second", database)) {
        for (TestServer each : List.of(first, second)) {
          until("both are listed", () -> servers(each).size() == 2);
          assertThat(servers(each).toString())
              .contains(
                  "http_port=" + first.server().httpPort(),
                  "http_port=" + second.server().httpPort(),
                  "grpc_port=" + second.server().grpcPort(),
                  "software=fedflow/");
        }
      }
      until("the one that ended is gone", () -> servers(first).size() == 1);
      assertThat(servers(first).toString()).contains("http_port=" + first.server().httpPort());
    }
  }

  private TestServer shared(String name, String database) throws Exception {
    return TestServer.start(
        TestServer.options(folder.resolve(name))
            .database(database)
            .insecure(true)
            .federation(Set.of("9999"), Map.of())
            .build());
  }

  private static Map<?, ?> servers(TestServer server) {
    try {
      return (Map<?, ?>) V1.of(server).data("server/fateflow/info", Map.of());
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void serversOfAFile_areListed() throws Exception {
    Path list =
        Files.writeString(
            folder.resolve("servers.json"),
            "{\"servers\": [{\"instance_id\": \"other\", \"host\": \"far\", \"http_port\": 1,"
                + " \"grpc_port\": 2}]}");
    try (TestServer server =
        TestServer.start(
            TestServer.options(folder.resolve("one"))
                .registry(RegistryPlace.parse("file:" + list))
                .build())) {
      assertThat(servers(server)).hasSize(2);
      assertThat(servers(server).get("other").toString()).contains("host=far", "grpc_port=2");
    }
    Files.writeString(list, "{\"servers\": [3]}");
    assertThatThrownBy(
            () ->
                TestServer.start(
                    TestServer.options(folder.resolve("two"))
                        .registry(RegistryPlace.parse("file:" + list))
                        .build()))
        .hasMessageContainingAll("servers/0", "found 3");
  }

  @Test
  void zooKeeper_isRefusedByName() {
    for (String asked : List.of("zookeeper", "ZooKeeper:2181", "true")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RegistryPlace.parse(asked))
          .withMessageContainingAll(
              "--registry: found '" + asked + "'", "allowed store or file:PATH", "ZooKeeper comes");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RegistryPlace.parse("file:"))
        .withMessageContaining("allowed store or file:PATH");
  }
}
