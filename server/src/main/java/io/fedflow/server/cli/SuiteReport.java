package io.fedflow.server.cli;

import io.fedflow.server.cli.SuiteResult.Outcome;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run of suites showed. Immutable.
 *
 * @param results every task of every suite
 * @param beside how long they took in another run
 */
record SuiteReport(List<SuiteResult> results, SuiteBeside beside) {

  private static final int SHOWN_CAUSE = 160;

  /** Copies the list. */
  SuiteReport {
    results = List.copyOf(results);
  }

  long passed() {
    return count(Outcome.PASSED);
  }

  long failed() {
    return count(Outcome.FAILED);
  }

  /** 0 only if something ran and all of it passed. */
  int exitCode() {
    return failed() == 0 && passed() > 0 ? 0 : 1;
  }

  /** The object that {@code --json} prints. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("total", passed() + failed());
    tree.put("passed", passed());
    tree.put("failed", failed());
    tree.put("without_data", count(Outcome.NO_DATA));
    tree.put("without_job", count(Outcome.NO_JOB));
    tree.put("stopped", count(Outcome.STOPPED));
    tree.put("results", results.stream().map(this::tree).toList());
    return tree;
  }

  private Map<String, Object> tree(SuiteResult result) {
    Map<String, Object> tree = result.tree();
    beside.of(result.suite(), result.task()).ifPresent(s -> tree.put("beside_seconds", s));
    beside.times(result).ifPresent(times -> tree.put("times", times));
    return tree;
  }

  /** A line for a task that ended. */
  static String line(SuiteResult result) {
    String cause = result.cause().lines().findFirst().orElse("");
    return String.format(
        Locale.ROOT,
        "%-9s %7.1f s  %s %s%s",
        result.outcome().word(),
        result.seconds(),
        result.suite().substring(result.suite().lastIndexOf('/') + 1),
        result.task(),
        result.passed() || cause.isEmpty()
            ? ""
            : ": "
                + (cause.length() > SHOWN_CAUSE ? cause.substring(0, SHOWN_CAUSE) + '…' : cause));
  }

  /** All of it for a person: a line for each suite, then the sum. */
  String words() {
    Map<String, long[]> suites = new LinkedHashMap<>();
    for (SuiteResult result : results) {
      long[] counts = suites.computeIfAbsent(result.suite(), suite -> new long[3]);
      counts[result.passed() ? 0 : result.outcome() == Outcome.FAILED ? 1 : 2]++;
    }
    StringBuilder text =
        new StringBuilder(String.format("%n%6s %6s %6s%n", "passed", "failed", "apart"));
    suites.forEach(
        (suite, counts) ->
            text.append(
                String.format("%6d %6d %6d  %s%n", counts[0], counts[1], counts[2], suite)));
    return text.append(
            String.format(
                "%d jobs: %d passed, %d failed; apart: %d without data, %d that are programs, %d stopped",
                passed() + failed(),
                passed(),
                failed(),
                count(Outcome.NO_DATA),
                count(Outcome.NO_JOB),
                count(Outcome.STOPPED)))
        .append(nearest())
        .toString();
  }

  /** Which job comes nearest to the other run; empty if nothing is to be compared. */
  private String nearest() {
    return results.stream()
        .filter(result -> beside.times(result).isPresent())
        .min(Comparator.comparing(result -> beside.times(result).orElseThrow()))
        .map(least -> String.format("%nleast times: %s", line(least) + beside.words(least)))
        .orElse("");
  }

  private long count(Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
