package io.fedflow.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A job of a suite. Immutable.
 *
 * @param name names it within the suite; a job of a benchmark is {@code group/job}
 * @param work what it does
 * @param needs the jobs that have to end well before; nulls within for none
 */
record SuiteTask(String name, Work work, Needs needs) {

  /** What a task does. */
  sealed interface Work {}

  /**
   * Runs a job.
   *
   * @param dsl the DSL's file; empty for a prediction by the DSL of its model
   * @param conf the runtime conf's file
   */
  record Job(Optional<Path> dsl, Path conf) implements Work {}

  /**
   * Runs nothing: numbers that jobs of the same group are compared with.
   *
   * @param metrics names to values
   */
  record Reference(Map<String, Double> metrics) implements Work {}

  /**
   * A program of another library, which is reported apart.
   *
   * @param script the file as the suite names it
   */
  record Script(String script) implements Work {}

  /**
   * Which tasks come before.
   *
   * @param model whose model a prediction uses; may be null
   * @param cache whose cache a CacheLoader reads; may be null
   * @param loader whose model a ModelLoader reads; may be null
   * @param data whose end is waited for; may be null
   */
  record Needs(String model, String cache, String loader, String data) {

    static final Needs NONE = new Needs(null, null, null, null);

    /** Every one of them once. */
    Stream<String> all() {
      return Stream.of(model, cache, loader, data).filter(Objects::nonNull).distinct();
    }
  }
}
