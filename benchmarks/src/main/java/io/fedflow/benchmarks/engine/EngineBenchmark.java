package io.fedflow.benchmarks.engine;

import io.fedflow.Fedflow;
import io.fedflow.FedflowBuilder;
import io.fedflow.JobHandle;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.dag.Dag;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sqlite.SqliteStores;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Measures the engine with tasks that do nothing, beside what the store or the graph alone would
 * take.
 *
 * <p>Arguments: any of {@code durable memory latency plan waiting}; all without one. {@code
 * -Dfedflow.jobs} sets how many jobs run, default 400; five times as many for {@code durable}.
 */
public final class EngineBenchmark {

  private static final int JOBS = Integer.getInteger("fedflow.jobs", 400);
  private static final int STEPS = 5;
  private static final int AT_ONCE = 64;
  private static final int RUNS = 3;
  private static final int LONG = 5;
  private static final int PLANNED_TASKS = 100_000;
  private static final int WAITING = 10_000;
  private static final int RUNNING = 100;
  private static final int SUBMITS = 500;
  private static final double NANO = 1e9;
  private static final double MILLI = 1e6;

  private EngineBenchmark() {}

  /** Prints one line for each figure. */
  public static void main(String[] arguments) throws Exception {
    List<String> parts =
        arguments.length == 0
            ? List.of("durable", "memory", "latency", "plan", "waiting")
            : List.of(arguments);
    for (String part : parts) {
      switch (part) {
        case "durable" -> durable();
        case "memory" -> memory();
        case "latency" -> latency();
        case "plan" -> plan();
        case "waiting" -> waiting();
        default ->
            throw new IllegalArgumentException(
                "found " + part + ", allowed durable, memory, latency, plan, waiting");
      }
    }
    System.exit(0);
  }

  private static void durable() throws Exception {
    durable("durable, process just started", JOBS);
    // A server runs for months: what its compiler does in the first seconds is told apart.
    durable("durable, warming up", LONG * JOBS);
    for (int run = 0; run < RUNS; run++) {
      durable("durable", LONG * JOBS);
    }
  }

  /** Runs jobs, then lets the store alone write the same, as many jobs at once. */
  private static void durable(String name, int count) throws Exception {
    Queue<StoreTurn> turns = new ConcurrentLinkedQueue<>();
    double seconds = jobs(observed(sqlite(), turns::add), count);
    long transitions = turns.stream().mapToLong(turn -> turn.tasks().size()).sum();
    double raw;
    try (Stores stores = sqlite()) {
      raw = replay(stores, turns);
    }
    say(
        "%s: %d jobs of %d tasks at 2 parties in %.2f s: %.0f transitions/s, %.0f turns/s;"
            + " the same %d turns written by the store alone %.2f s: %.0f %% of it",
        name,
        count,
        STEPS,
        seconds,
        transitions / seconds,
        turns.size() / seconds,
        turns.size(),
        raw,
        100 * raw / seconds);
  }

  /** Writes the turns of each job in order, of as many jobs at once as ran at once. */
  static double replay(Stores stores, Queue<StoreTurn> turns) throws Exception {
    Map<String, List<StoreTurn>> byJob = new LinkedHashMap<>();
    turns.forEach(turn -> byJob.computeIfAbsent(turn.jobId(), job -> new ArrayList<>()).add(turn));
    Semaphore free = new Semaphore(AT_ONCE);
    CountDownLatch left = new CountDownLatch(byJob.size());
    long start = System.nanoTime();
    for (List<StoreTurn> job : byJob.values()) {
      free.acquire();
      write(
          stores.jobs(),
          job,
          0,
          () -> {
            free.release();
            left.countDown();
          });
    }
    left.await();
    return (System.nanoTime() - start) / NANO;
  }

  private static void write(JobStore store, List<StoreTurn> turns, int next, Runnable done) {
    if (next == turns.size()) {
      done.run();
      return;
    }
    store
        .commit(turns.get(next))
        .whenComplete(
            (ok, failed) -> {
              if (failed != null) {
                throw new IllegalStateException("turn " + next, failed);
              }
              write(store, turns, next + 1, done);
            });
  }

  private static void memory() throws Exception {
    for (int run = 0; run < RUNS; run++) {
      Queue<StoreTurn> turns = new ConcurrentLinkedQueue<>();
      double seconds = jobs(observed(MemoryStores.create(), turns::add), JOBS);
      long transitions = turns.stream().mapToLong(turn -> turn.tasks().size()).sum();
      say(
          "in memory: %.0f transitions/s; a topological walk %.0f tasks/s; a graph of futures %.0f"
              + " tasks/s",
          transitions / seconds, walk(), futures());
    }
  }

  private static double walk() {
    Dag dag = chain(PLANNED_TASKS);
    long start = System.nanoTime();
    int seen = 0;
    for (int node : dag.topological()) {
      seen += dag.upstream(node).size();
    }
    double seconds = (System.nanoTime() - start) / NANO;
    return (seen + 1) / seconds;
  }

  private static double futures() {
    long start = System.nanoTime();
    CompletableFuture<Void> first = new CompletableFuture<>();
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int job = 0; job < PLANNED_TASKS / STEPS; job++) {
      CompletableFuture<Void> last = first;
      for (int step = 0; step < STEPS; step++) {
        last = last.thenRun(() -> {});
      }
      ends.add(last);
    }
    first.complete(null);
    ends.forEach(CompletableFuture::join);
    return PLANNED_TASKS / ((System.nanoTime() - start) / NANO);
  }

  private static Dag chain(int size) {
    List<String> names = IntStream.range(0, size).mapToObj(StepJob::name).toList();
    Map<String, List<String>> upstream = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      upstream.put(names.get(i), i == 0 ? List.of() : List.of(names.get(i - 1)));
    }
    return Dag.of(names, upstream);
  }

  private static void latency() throws Exception {
    for (int run = 0; run < RUNS; run++) {
      Latencies started = new Latencies();
      Latencies whole = new Latencies();
      try (Fedflow site =
          site(observed(sqlite(), new ReadyToRunning(started)), StepJob.open()).build()) {
        JobDocuments documents = StepJob.chain(STEPS);
        for (int job = 0; job < JOBS / 4; job++) {
          long start = System.nanoTime();
          end(site, documents);
          whole.add(System.nanoTime() - start);
        }
      }
      say("one job at a time, durable: ready to running %s; %d tasks %s", started, STEPS, whole);
    }
  }

  private static void plan() {
    JobDocuments documents = StepJob.chain(PLANNED_TASKS);
    ComponentCatalog catalog = new ComponentCatalog(List.of(StepJob.open()));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      long cpu = threads.getCurrentThreadCpuTime();
      int tasks = JobPlanner.plan(documents, catalog).tasks().size();
      say(
          "plan of %d tasks: %.0f ms, of which %.0f ms on a core",
          tasks,
          (System.nanoTime() - start) / MILLI,
          (threads.getCurrentThreadCpuTime() - cpu) / MILLI);
    }
  }

  private static void waiting() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    FedflowBuilder settings = site(sqlite(), new StepJob(gate)).slots(2 * RUNNING);
    try (Fedflow site = settings.build()) {
      JobDocuments documents = StepJob.chain(STEPS);
      long before = heap();
      long start = System.nanoTime();
      submitAll(site, documents, WAITING + RUNNING);
      double seconds = (System.nanoTime() - start) / NANO;
      long idle = (heap() - before) / (WAITING + RUNNING);
      Latencies submits = new Latencies();
      for (int i = 0; i < SUBMITS; i++) {
        long asked = System.nanoTime();
        site.submit(documents).toCompletableFuture().get(1, TimeUnit.MINUTES);
        submits.add(System.nanoTime() - asked);
      }
      say(
          "%d jobs wait, %d run: %.0f durable job creations/s, %d bytes of heap for each; then"
              + " submit %s",
          site.queue().waiting().size(),
          site.queue().running().size(),
          (WAITING + RUNNING) / seconds,
          idle,
          submits);
      gate.countDown();
    }
  }

  private static void submitAll(Fedflow site, JobDocuments documents, int count)
      throws InterruptedException {
    Semaphore free = new Semaphore(AT_ONCE);
    for (int i = 0; i < count; i++) {
      free.acquire();
      site.submit(documents)
          .whenComplete(
              (handle, failed) -> {
                free.release();
                if (failed != null) {
                  throw new IllegalStateException("a submit was refused", failed);
                }
              });
    }
    free.acquire(AT_ONCE);
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Runs so many jobs, many at once; gives the seconds from the first submit to the last end. */
  static double jobs(Stores stores, int count) throws Exception {
    try (Fedflow site = site(stores, StepJob.open()).slots(2 * AT_ONCE).build()) {
      JobDocuments documents = StepJob.chain(STEPS);
      end(site, documents);
      Semaphore free = new Semaphore(AT_ONCE);
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        free.acquire();
        site.submit(documents)
            .thenCompose(JobHandle::completion)
            .whenComplete(
                (outcome, failed) -> {
                  free.release();
                  if (failed != null || !outcome.good()) {
                    throw new IllegalStateException("a job ended as " + outcome, failed);
                  }
                });
      }
      free.acquire(AT_ONCE);
      return (System.nanoTime() - start) / NANO;
    }
  }

  private static void end(Fedflow site, JobDocuments documents) throws Exception {
    JobHandle.Outcome outcome =
        site.submit(documents)
            .thenCompose(JobHandle::completion)
            .toCompletableFuture()
            .get(1, TimeUnit.MINUTES);
    if (!outcome.good()) {
      throw new IllegalStateException("the job ended as " + outcome);
    }
  }

  private static FedflowBuilder site(Stores stores, StepJob step) {
    return Fedflow.builder().stores(stores).components(new ComponentCatalog(List.of(step)));
  }

  static Stores observed(Stores stores, Consumer<StoreTurn> turns) {
    return new Stores(
        new ObservedJobStore(stores.jobs(), turns),
        new TurnsOnly(stores.tracking()),
        stores.tables(),
        stores.models(),
        stores.blobs(),
        stores.servers(),
        stores.closer());
  }

  private static Stores sqlite() throws Exception {
    Path folder = Files.createTempDirectory("fedflow-engine");
    folder.toFile().deleteOnExit();
    return SqliteStores.open(folder, new JacksonJsonCodec());
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
