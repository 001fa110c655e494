package io.fedflow.benchmarks.memory;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskOutputs;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.storage.sqlite.SqliteStores;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** The process of {@link ManyJobs}: one site over SQLite in a temporary folder. */
final class JobsInOneSite {

  private static final int AT_ONCE = 16;
  private static final int PATIENCE_SECONDS = 120;

  private final Semaphore room = new Semaphore(AT_ONCE);
  private final AtomicReference<String> ill = new AtomicReference<>();

  private JobsInOneSite() {}

  /** Prints a line for each look; exit code 1 if anything grew after the first look. */
  public static void main(String[] arguments) throws Exception {
    int all = arguments.length < 1 ? 20_000 : Integer.parseInt(arguments[0]);
    int step = arguments.length < 2 ? 2_000 : Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("fedflow-many-jobs");
    String grown;
    try {
      grown = new JobsInOneSite().run(folder, all, step);
    } finally {
      remove(folder);
    }
    System.out.println(grown.isEmpty() ? "nothing grew" : "grew: " + grown);
    System.exit(grown.isEmpty() ? 0 : 1);
  }

  private static void remove(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }

  private String run(Path folder, int all, int step) throws Exception {
    Component idle =
        Component.of(
            new ComponentDescriptor(
                "Idle", Set.of(Role.GUEST, Role.HOST), ParameterSchema.empty(), List.of()),
            context -> TaskOutputs.none());
    JobDocuments documents = documents();
    try (Fedflow site =
        Fedflow.builder()
            .stores(SqliteStores.open(folder, new JacksonJsonCodec()))
            .components(new ComponentCatalog(List.of(idle)))
            .build()) {
      System.out.printf(
          "%8s %10s %8s %8s %10s %8s%n",
          "jobs", "heap KiB", "threads", "handles", "processes", "jobs/s");
      Footprint first = null;
      Footprint last = null;
      for (int done = 0; done < all; done += step) {
        long began = System.nanoTime();
        jobs(site, documents, Math.min(step, all - done));
        double seconds = (System.nanoTime() - began) / 1e9;
        last = Footprint.now(Math.min(all, done + step));
        if (first == null) {
          first = last;
        }
        System.out.printf(
            Locale.ROOT,
            "%8d %10d %8d %8d %10d %8.0f%n",
            last.jobs(),
            last.heap() >> 10,
            last.threads(),
            last.handles(),
            last.processes(),
            Math.min(step, all - done) / seconds);
      }
      return last == null ? "" : last.growthSince(first);
    }
  }

  private static JobDocuments documents() {
    Pipeline pipeline = new Pipeline();
    pipeline.party(Role.GUEST, "9999").party(Role.HOST, "10000");
    pipeline.add("idle_0", "Idle");
    return pipeline.compile();
  }

  /** Runs so many jobs, some at once, and returns when all ended well. */
  private void jobs(Fedflow site, JobDocuments documents, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      take(1);
      site.submit(documents)
          .thenCompose(JobHandle::completion)
          .whenComplete(
              (outcome, failed) -> {
                if (failed != null) {
                  ill.set(failed.toString());
                } else if (!outcome.good()) {
                  ill.set(outcome.toString());
                }
                room.release();
              });
    }
    take(AT_ONCE);
    room.release(AT_ONCE);
  }

  private void take(int places) throws InterruptedException {
    if (!room.tryAcquire(places, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no job ended within " + PATIENCE_SECONDS + " s");
    }
    if (ill.get() != null) {
      throw new IllegalStateException("a job did not end well: " + ill.get());
    }
  }
}
