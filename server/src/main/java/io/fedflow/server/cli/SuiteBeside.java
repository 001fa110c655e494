package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.server.cli.SuiteResult.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How long the jobs of an earlier run of the same suites took, such as of another server.
 * Immutable.
 *
 * @param seconds by the names of the suite and the task, of jobs that ended well
 */
record SuiteBeside(Map<Name, Double> seconds) {

  /** Nothing to set beside. */
  static final SuiteBeside NONE = new SuiteBeside(Map.of());

  /** Names a task of all suites of a run. */
  record Name(String suite, String task) {}

  /** Copies the map. */
  SuiteBeside {
    seconds = Map.copyOf(seconds);
  }

  /**
   * Reads what {@code --report} wrote.
   *
   * @throws FedflowException {@code file.unreadable}, {@code file.json}, or {@code suite.report} if
   *     it is no such report
   */
  static SuiteBeside read(Path report) {
    Map<Name, Double> seconds = new HashMap<>();
    for (Tree result : new Tree(Documents.read(report)).at("results").each()) {
      double took = result.at("seconds").number();
      if (result.at("outcome").text().equals(Outcome.PASSED.word()) && took > 0) {
        seconds.put(new Name(result.at("suite").text(), result.at("task").text()), took);
      }
    }
    if (seconds.isEmpty()) {
      throw FedflowException.invalid(
          "suite.report",
          report
              + ": found no job that passed, allowed a file that --report of an earlier run made");
    }
    return new SuiteBeside(seconds);
  }

  /** How long the same task took there, in seconds; empty if that is not known. */
  Optional<Double> of(String suite, String task) {
    return Optional.ofNullable(seconds.get(new Name(suite, task)));
  }

  /** How many times as long as there it took; empty unless both are known. */
  Optional<Double> times(SuiteResult result) {
    return result.outcome() == Outcome.PASSED || result.outcome() == Outcome.STOPPED
        ? of(result.suite(), result.task()).map(there -> result.seconds() / there)
        : Optional.empty();
  }

  /**
   * How long a task may take if it is given up after some times what it took there.
   *
   * @param factor above 0
   * @return empty if it is not known how long it took
   */
  Optional<Duration> limit(String suite, String task, double factor) {
    return of(suite, task).map(there -> Duration.ofMillis((long) Math.ceil(1e3 * there * factor)));
  }

  /** The comparison for a person; empty if there is none. */
  String words(SuiteResult result) {
    return times(result)
        .map(
            times ->
                String.format(
                    Locale.ROOT,
                    " (%s%.1f times %.3f s)",
                    result.outcome() == Outcome.STOPPED ? "over " : "",
                    times,
                    of(result.suite(), result.task()).orElseThrow()))
        .orElse("");
  }
}
