package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.server.cli.SuiteResult.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs suites, one after the other; the tasks of one run beside each other unless they need each
 * other. Not thread-safe.
 */
final class SuiteRun {

  private final SuiteUploads uploads;
  private final SuiteJob job;
  private final int parallel;
  private final Consumer<SuiteResult> listener;

  /**
   * A run.
   *
   * @param parallel how many jobs at a time, at least 1
   * @param listener hears of every task that ends, on any thread, one call at a time
   */
  SuiteRun(SuiteUploads uploads, SuiteJob job, int parallel, Consumer<SuiteResult> listener) {
    this.uploads = uploads;
    this.job = job;
    this.parallel = parallel;
    this.listener = listener;
  }

  /** Runs a suite; what became of its tasks, in their order. */
  List<SuiteResult> run(Suite suite) throws InterruptedException {
    Map<SuiteTableName, String> lacking;
    try {
      lacking = uploads.load(suite.tables(), wanted(suite));
    } catch (FedflowException notStored) {
      return suite.tasks().stream()
          .map(task -> unrun(suite, task, notStored.getMessage()))
          .peek(this::tell)
          .toList();
    }
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      // Ends read what others wrote while the rest is still put in.
      Map<String, CompletableFuture<SuiteResult>> ends =
          Collections.synchronizedMap(new LinkedHashMap<>());
      for (SuiteTask task : suite.tasks()) {
        CompletableFuture<?>[] before =
            task.needs().all().map(ends::get).toArray(CompletableFuture[]::new);
        ends.put(
            task.name(),
            CompletableFuture.allOf(before)
                .thenApplyAsync(ready -> end(suite, task, lacking, ends), threads));
      }
      List<SuiteResult> results = new ArrayList<>();
      for (CompletableFuture<SuiteResult> end : ends.values()) {
        results.add(end.join());
      }
      return compared(suite, results);
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    } finally {
      threads.shutdownNow();
    }
  }

  private SuiteResult end(
      Suite suite,
      SuiteTask task,
      Map<SuiteTableName, String> lacking,
      Map<String, CompletableFuture<SuiteResult>> ends) {
    SuiteResult result = result(suite, task, lacking, name -> ends.get(name).join());
    tell(result);
    return result;
  }

  private SuiteResult result(
      Suite suite,
      SuiteTask task,
      Map<SuiteTableName, String> lacking,
      Function<String, SuiteResult> before) {
    if (task.work() instanceof SuiteTask.Reference reference) {
      return SuiteResult.without(suite, task, Outcome.REFERENCE, "").measured(reference.metrics());
    }
    if (task.work() instanceof SuiteTask.Script script) {
      return SuiteResult.without(
          suite, task, Outcome.NO_JOB, script.script() + " is a program, not a job");
    }
    SuiteTask.Job documents = (SuiteTask.Job) task.work();
    Optional<SuiteResult> missed =
        task.needs().all().map(before).filter(need -> !need.passed()).findFirst();
    if (missed.isPresent()) {
      Outcome outcome = missed.get().outcome().counts() ? Outcome.FAILED : missed.get().outcome();
      return SuiteResult.without(
          suite,
          task,
          outcome,
          "not submitted: it needs " + missed.get().task() + ", which did not pass");
    }
    Optional<String> absent =
        tables(documents).stream()
            .map(name -> lacking.containsKey(name) ? name + ": " + lacking.get(name) : null)
            .filter(Objects::nonNull)
            .findFirst();
    if (absent.isPresent()) {
      return SuiteResult.without(suite, task, Outcome.NO_DATA, absent.get());
    }
    try {
      return job.run(suite, task, documents, before);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return SuiteResult.without(suite, task, Outcome.FAILED, "interrupted");
    }
  }

  private static SuiteResult unrun(Suite suite, SuiteTask task, String cause) {
    return task.work() instanceof SuiteTask.Job
        ? SuiteResult.without(suite, task, Outcome.FAILED, cause)
        : SuiteResult.without(suite, task, Outcome.NO_JOB, cause);
  }

  private static Set<SuiteTableName> wanted(Suite suite) {
    Set<SuiteTableName> wanted = new LinkedHashSet<>();
    for (SuiteTask task : suite.tasks()) {
      if (task.work() instanceof SuiteTask.Job documents) {
        wanted.addAll(tables(documents));
      }
    }
    return wanted;
  }

  /** A conf that cannot be read is told by the job that has it. */
  private static Set<SuiteTableName> tables(SuiteTask.Job documents) {
    try {
      return SuiteTableName.in(Documents.read(documents.conf()));
    } catch (FedflowException unreadable) {
      return Set.of();
    }
  }

  private List<SuiteResult> compared(Suite suite, List<SuiteResult> results) {
    List<SuiteResult> all = new ArrayList<>(results);
    suite
        .groups()
        .forEach(
            (group, closeness) -> {
              List<SuiteResult> own =
                  all.stream().filter(each -> each.task().startsWith(group + '/')).toList();
              List<SuiteResult> judged = SuiteMetrics.compared(own, closeness);
              for (int i = 0; i < own.size(); i++) {
                all.set(all.indexOf(own.get(i)), judged.get(i));
                if (own.get(i).passed() && !judged.get(i).passed()) {
                  tell(judged.get(i));
                }
              }
            });
    return all;
  }

  private synchronized void tell(SuiteResult result) {
    listener.accept(result);
  }
}
