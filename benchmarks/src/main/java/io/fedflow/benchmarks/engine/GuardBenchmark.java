package io.fedflow.benchmarks.engine;

import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import io.fedflow.storage.postgres.PostgresStores;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Measures what the guard costs that keeps a fenced server from writing: turns of real jobs,
 * written to Postgres by an instance that joined others and by one that is alone, in turns.
 *
 * <p>Argument: {@code postgres://user@host:port/database}, whose tables this fills. {@code
 * -Dfedflow.jobs} sets how many jobs each run writes, default 400.
 */
public final class GuardBenchmark {

  private static final int JOBS = Integer.getInteger("fedflow.jobs", 400);
  private static final int RUNS = 6;

  private GuardBenchmark() {}

  /** Prints one line for each run and the medians; the first run of each kind warms up. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      throw new IllegalArgumentException(
          "found " + arguments.length + " arguments, expected postgres://user@host:port/database");
    }
    Vertx vertx = Vertx.vertx();
    List<Double> alone = new ArrayList<>();
    List<Double> guarded = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      double without = turnsPerSecond(vertx, arguments[0], false);
      double with = turnsPerSecond(vertx, arguments[0], true);
      say("run %d: alone %.0f turns/s, guarded %.0f turns/s", run, without, with);
      if (run > 0) {
        alone.add(without);
        guarded.add(with);
      }
    }
    double before = median(alone);
    double after = median(guarded);
    say(
        "medians: alone %.0f turns/s, guarded %.0f turns/s: %.1f %% of it",
        before, after, 100 * after / before);
    vertx.close().await();
  }

  private static double turnsPerSecond(Vertx vertx, String url, boolean joins) throws Exception {
    Queue<StoreTurn> turns = new ConcurrentLinkedQueue<>();
    EngineBenchmark.jobs(EngineBenchmark.observed(MemoryStores.create(), turns::add), JOBS);
    try (Stores stores =
        PostgresStores.open(vertx, url, new JacksonJsonCodec()).toCompletableFuture().get()) {
      if (joins) {
        // Longer than any run: renewals are no part of what is measured.
        stores.instances().join(Duration.ofHours(1)).toCompletableFuture().get();
      }
      double seconds = EngineBenchmark.replay(stores, turns);
      if (joins) {
        stores.instances().leave().toCompletableFuture().get();
      }
      return turns.size() / seconds;
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
