package io.fedflow.benchmarks.storage;

import io.fedflow.benchmarks.edge.Folders;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.JobPage;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import io.fedflow.storage.postgres.PostgresStores;
import io.fedflow.storage.sqlite.SqliteStores;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The first page of the list of jobs, with its total, while many jobs are stored: unfiltered, by
 * id, party and status, and by parts of texts. The store alone, one search after the other; the
 * exit code is 1 if a search that has an index took longer than 50 ms in 99 of 100 cases.
 *
 * <p>Arguments: {@code sqlite}, or the URL of a Postgres database, which is filled unless it has as
 * many jobs already; how many jobs, default 1,000,000.
 */
public final class JobListBenchmark {

  private static final int PAGE = 20;
  private static final int SEARCHES = 2_000;
  private static final int SLOW_SEARCHES = 20;
  private static final int AT_ONCE = 1_000;
  private static final double MOST_MILLIS = 50;
  private static final Party RARE = new Party(Role.GUEST, "8888");

  private final Stores stores;
  private final long jobs;
  private final SplittableRandom random = new SplittableRandom(5);
  private boolean good = true;

  private JobListBenchmark(Stores stores, long jobs) {
    this.stores = stores;
    this.jobs = jobs;
  }

  /** Prints a line for each search. */
  public static void main(String[] arguments) throws Exception {
    long jobs = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
    Path folder = Files.createTempDirectory("fedflow-list");
    Vertx vertx = Vertx.vertx();
    boolean good;
    try (Stores stores =
        arguments[0].equals("sqlite")
            ? SqliteStores.open(folder, new JacksonJsonCodec())
            : PostgresStores.open(vertx, arguments[0], new JacksonJsonCodec())
                .toCompletableFuture()
                .get(10, TimeUnit.MINUTES)) {
      JobListBenchmark benchmark = new JobListBenchmark(stores, jobs);
      benchmark.fill();
      good = benchmark.run();
    } finally {
      Folders.delete(folder);
      vertx.close().await();
    }
    System.exit(good ? 0 : 1);
  }

  private void fill() throws Exception {
    if (search(JobSearch.newest(1)).total() == jobs) {
      return;
    }
    Semaphore free = new Semaphore(AT_ONCE);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    long start = System.nanoTime();
    for (long number = 0; number < jobs; number++) {
      JobRow view = view(number);
      free.acquire();
      stores
          .jobs()
          .commit(
              new StoreTurn(view.jobId(), List.of(view), List.of(), Optional.empty(), List.of()))
          .whenComplete(
              (ok, failed) -> {
                failure.compareAndSet(null, failed);
                free.release();
              });
    }
    free.acquire(AT_ONCE);
    if (failure.get() != null) {
      throw new IllegalStateException("a job could not be stored", failure.get());
    }
    say("%d jobs stored in %.0f s", jobs, (System.nanoTime() - start) / 1e9);
  }

  /** Most ended well, one of ten is of a host, one of 10,000 of a party that hardly ever comes. */
  private JobRow view(long number) {
    int chance = random.nextInt(10_000);
    JobStatus status =
        chance < 9_000
            ? JobStatus.SUCCESS
            : chance < 9_900
                ? JobStatus.FAILED
                : chance < 9_990
                    ? JobStatus.CANCELED
                    : chance < 9_999 ? JobStatus.WAITING : JobStatus.RUNNING;
    int other = random.nextInt(10_000);
    Party party = other == 0 ? RARE : other < 1_000 ? Workload.HOST : Workload.GUEST;
    return Workload.view(number, party, status, number, number % 5_000 == 0 ? "quarterly" : "");
  }

  private boolean run() throws Exception {
    bounded("unfiltered", s -> JobSearch.newest(PAGE));
    bounded("by id", s -> of(Workload.jobId(s), "", "", List.of(), Set.of()));
    bounded("by a common party", s -> of("", "9999", "", List.of(), Set.of()));
    bounded("by a rare party", s -> of("", "8888", "", List.of(), Set.of()));
    bounded("by role and party", s -> of("", "10000", "", List.of("host"), Set.of()));
    bounded("by a common status", s -> of("", "", "", List.of(), Set.of(JobStatus.SUCCESS)));
    bounded("by a rare status", s -> of("", "", "", List.of(), Set.of(JobStatus.RUNNING)));
    bounded(
        "by two statuses",
        s -> of("", "", "", List.of(), Set.of(JobStatus.FAILED, JobStatus.CANCELED)));
    bounded("by party and status", s -> of("", "10000", "", List.of(), Set.of(JobStatus.FAILED)));
    timed(
        "by a part of the id",
        SLOW_SEARCHES,
        s -> of("0" + s % 1_000, "", "", List.of(), Set.of()));
    timed("by a part of the notes", SLOW_SEARCHES, s -> of("", "", "uarter", List.of(), Set.of()));
    timed(
        "by start instead of creation",
        SLOW_SEARCHES,
        s ->
            new JobSearch(
                "",
                "",
                "",
                Optional.empty(),
                List.of(),
                Set.of(),
                JobSearch.Order.STARTED,
                true,
                0,
                PAGE));
    return good;
  }

  private static JobSearch of(
      String id, String party, String notes, List<String> roles, Set<JobStatus> statuses) {
    return new JobSearch(
        id,
        party,
        notes,
        Optional.empty(),
        roles,
        statuses,
        JobSearch.Order.CREATED,
        true,
        0,
        PAGE);
  }

  /** Makes a search for a job's number. */
  private interface Question {
    JobSearch about(long number);
  }

  private void bounded(String name, Question question) throws Exception {
    double p99 = timed(name, SEARCHES, question);
    if (p99 > MOST_MILLIS) {
      say("  more than %.0f ms", MOST_MILLIS);
      good = false;
    }
  }

  private double timed(String name, int times, Question question) throws Exception {
    double[] millis = new double[times];
    JobPage page = null;
    for (int i = 0; i < times; i++) {
      JobSearch search = question.about(random.nextLong(jobs));
      long start = System.nanoTime();
      page = search(search);
      millis[i] = (System.nanoTime() - start) / 1e6;
      if (page.total() == 0 || page.rows().size() != Math.min(PAGE, page.total())) {
        throw new IllegalStateException(
            name + ": a page of " + page.rows().size() + " of " + page.total() + " jobs");
      }
    }
    Arrays.sort(millis);
    double p99 = millis[(int) (0.99 * times)];
    say(
        "%s: p50 %.2f ms, p99 %.2f ms, most %.2f ms; total of the last %d",
        name, millis[times / 2], p99, millis[times - 1], page.total());
    return p99;
  }

  private JobPage search(JobSearch search) throws Exception {
    return stores.jobs().search(search).toCompletableFuture().get(10, TimeUnit.MINUTES);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
