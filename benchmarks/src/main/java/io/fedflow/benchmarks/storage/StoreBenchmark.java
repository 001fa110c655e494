package io.fedflow.benchmarks.storage;

import io.fedflow.benchmarks.edge.Folders;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import io.fedflow.storage.postgres.PostgresStores;
import io.fedflow.storage.sql.Step;
import io.fedflow.storage.sqlite.SqliteStores;
import io.fedflow.tracking.MetricValue;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Durable writes of the stores, beside a bare client of the same database that writes the same rows
 * by the same statements, as many in each transaction as writes are on their way at the stores, but
 * encoded before.
 *
 * <p>Argument: {@code sqlite}, or the URL of an empty Postgres database, of which all rows are
 * deleted. {@code -Dfedflow.jobs} sets how many jobs a round creates, default 20,000.
 */
public final class StoreBenchmark {

  private static final int JOBS = Integer.getInteger("fedflow.jobs", 20_000);
  private static final int ROUNDS = 3;
  private static final int POINTS = 100;
  private static final int[] AT_ONCE = {64, 256, 1_000};
  private static final int PROBE_WRITES = 2_000;
  private static final int PROBE_BYTES = 4_096;
  private static final long MINUTES = 10;

  /** What stores are measured, and how to reach what lies under them. */
  private interface Subject extends AutoCloseable {
    Stores open() throws Exception;

    RawWriter raw() throws Exception;

    /** Takes all rows away. */
    void empty() throws Exception;

    @Override
    void close() throws IOException;
  }

  private StoreBenchmark() {}

  /** Prints a line for each figure. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("found no argument, allowed sqlite or postgres://…");
    }
    try (Subject subject =
        arguments[0].equals("sqlite") ? new Sqlite() : new Postgres(arguments[0])) {
      for (int round = 0; round <= ROUNDS; round++) {
        String name = round == 0 ? "warming up" : "round " + round;
        for (int atOnce : AT_ONCE) {
          round(subject, name, atOnce);
        }
      }
    }
    System.exit(0);
  }

  private static void round(Subject subject, String name, int atOnce) throws Exception {
    subject.empty();
    say("%s, %d at once: sync of 4 KB %.0f/s", name, atOnce, syncs());
    List<List<List<Step>>> recorded = new ArrayList<>();
    for (Function<Stores, Runnable> writes : parts(JOBS)) {
      RecordingEngine recorder = new RecordingEngine();
      writes.apply(recorder.stores(new JacksonJsonCodec())).run();
      recorded.add(recorder.changes());
    }
    double[] ours = new double[recorded.size()];
    try (Stores stores = subject.open()) {
      ours[0] = write(creations(JOBS), turn -> stores.jobs().commit(turn), atOnce);
      ours[1] = chains(stores, JOBS, atOnce);
      ours[2] = write(points(JOBS), batch -> stores.tracking().appendMetrics(batch), atOnce);
    }
    subject.empty();
    try (RawWriter raw = subject.raw()) {
      String[] names = {"job creations", "task transitions", "metric points"};
      int[] unit = {1, 1, POINTS};
      for (int part = 0; part < names.length; part++) {
        List<List<Step>> changes = recorded.get(part);
        double bare = raw.writeAll(changes, atOnce);
        say(
            "%s, %d at once: %s %.0f/s, bare client %.0f/s: %.0f %% of it",
            name,
            atOnce,
            names[part],
            unit[part] * changes.size() / ours[part],
            unit[part] * changes.size() / bare,
            100 * bare / ours[part]);
      }
    }
  }

  /** Each writes everything of its part, in the order in which the bare client does. */
  private static List<Function<Stores, Runnable>> parts(int jobs) {
    return List.of(
        stores -> () -> creations(jobs).forEach(turn -> stores.jobs().commit(turn)),
        stores ->
            () -> {
              // The moves of one job follow each other, so that a group holds those of many jobs.
              List<List<StoreTurn>> all =
                  LongStream.range(0, moved(jobs)).mapToObj(Workload::transitions).toList();
              for (int move = 0; move < 2 * Workload.TASKS; move++) {
                for (List<StoreTurn> job : all) {
                  stores.jobs().commit(job.get(move));
                }
              }
            },
        stores -> () -> points(jobs).forEach(batch -> stores.tracking().appendMetrics(batch)));
  }

  private static int moved(int jobs) {
    return jobs / 2;
  }

  private static List<StoreTurn> creations(int jobs) {
    return LongStream.range(0, jobs).mapToObj(Workload::creation).toList();
  }

  private static List<List<MetricValue>> points(int jobs) {
    return LongStream.range(0, jobs / 4)
        .mapToObj(number -> Workload.metrics(number, POINTS))
        .toList();
  }

  private static <W> double write(List<W> all, Function<W, CompletionStage<Void>> write, int atOnce)
      throws Exception {
    List<Supplier<CompletionStage<Void>>> each = new ArrayList<>();
    all.forEach(one -> each.add(() -> write.apply(one)));
    return chains(each.stream().map(Collections::singletonList).toList(), atOnce);
  }

  /** The moves of a job wait for each other, so many jobs go on at once. */
  private static double chains(Stores stores, int jobs, int atOnce) throws Exception {
    List<List<Supplier<CompletionStage<Void>>>> all = new ArrayList<>();
    for (long number = 0; number < moved(jobs); number++) {
      List<Supplier<CompletionStage<Void>>> chain = new ArrayList<>();
      Workload.transitions(number).forEach(turn -> chain.add(() -> stores.jobs().commit(turn)));
      all.add(chain);
    }
    return chains(all, atOnce);
  }

  private static double chains(List<List<Supplier<CompletionStage<Void>>>> all, int atOnce)
      throws Exception {
    Semaphore free = new Semaphore(atOnce);
    CountDownLatch left = new CountDownLatch(all.size());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    long start = System.nanoTime();
    for (List<Supplier<CompletionStage<Void>>> chain : all) {
      free.acquire();
      next(
          chain,
          0,
          failed -> {
            if (failed != null) {
              failure.set(failed);
            }
            free.release();
            left.countDown();
          });
    }
    if (!left.await(MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException("writes were not answered for " + MINUTES + " minutes");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (failure.get() != null) {
      throw new IllegalStateException("a write failed", failure.get());
    }
    return seconds;
  }

  private static void next(
      List<Supplier<CompletionStage<Void>>> chain,
      int at,
      java.util.function.Consumer<Throwable> done) {
    if (at == chain.size()) {
      done.accept(null);
      return;
    }
    chain
        .get(at)
        .get()
        .whenComplete(
            (ok, failed) -> {
              if (failed != null) {
                done.accept(failed);
              } else {
                next(chain, at + 1, done);
              }
            });
  }

  /** Syncs of a file that grows by a page each time, in a second. */
  private static double syncs() throws IOException {
    Path file = Files.createTempFile("fedflow-probe", ".bin");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocate(PROBE_BYTES);
      long start = System.nanoTime();
      for (int i = 0; i < PROBE_WRITES; i++) {
        channel.write(page.clear());
        channel.force(false);
      }
      return PROBE_WRITES / ((System.nanoTime() - start) / 1e9);
    } finally {
      Files.delete(file);
    }
  }

  /** A folder, another one after every emptying. */
  private static final class Sqlite implements Subject {

    private Path folder;

    @Override
    public void empty() throws IOException {
      close();
      folder = Files.createTempDirectory("fedflow-store");
    }

    @Override
    public Stores open() {
      return SqliteStores.open(folder, new JacksonJsonCodec());
    }

    @Override
    public RawWriter raw() throws Exception {
      // Makes the schema.
      open().close();
      return new RawSqlite(folder.resolve("fedflow.db"));
    }

    @Override
    public void close() throws IOException {
      if (folder != null) {
        Folders.delete(folder);
      }
    }
  }

  /** A database. */
  private static final class Postgres implements Subject {

    private final Vertx vertx = Vertx.vertx();
    private final String url;

    Postgres(String url) {
      this.url = url;
    }

    @Override
    public Stores open() throws Exception {
      return PostgresStores.open(vertx, url, new JacksonJsonCodec())
          .toCompletableFuture()
          .get(1, TimeUnit.MINUTES);
    }

    @Override
    public RawWriter raw() {
      return new RawPostgres(vertx, url);
    }

    @Override
    public void empty() throws Exception {
      open().close();
      try (RawPostgres raw = new RawPostgres(vertx, url)) {
        if (raw.number(
                "SELECT count(*) FROM pg_settings WHERE name IN ('fsync',"
                    + " 'synchronous_commit') AND setting <> 'on'")
            > 0) {
          throw new IllegalStateException("this Postgres does not sync: it shows nothing");
        }
        raw.run(
            "TRUNCATE job_view, task_view, coordination, job_event, metric_point, log_line,"
                + " job_owner, job_count");
      }
    }

    @Override
    public void close() {
      vertx.close().await();
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
