package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads suites: {@code *testsuite.json} lists jobs, {@code *benchmark.json} groups of jobs whose
 * metrics have to agree. What FATE's files say and nothing here needs is passed over.
 */
final class SuiteReader {

  static final String SUITE = "testsuite.json";
  static final String BENCHMARK = "benchmark.json";

  private static final String COMPARE = "compare_setting";
  private static final int MAX_TASKS = 10_000;

  private final SuiteDataSearch search;
  private final double absolute;

  /**
   * A reader.
   *
   * @param search finds data files
   * @param absolute how far metrics of a benchmark may differ whatever its relative tolerance
   */
  SuiteReader(SuiteDataSearch search, double absolute) {
    this.search = search;
    this.absolute = absolute;
  }

  /**
   * A file of either kind.
   *
   * @throws FedflowException {@code suite.invalid}, naming file and field
   */
  Suite read(Path file) {
    Tree tree = new Tree(Documents.read(file));
    Path folder = folder(file);
    List<SuiteTask> tasks = new ArrayList<>();
    Map<String, Suite.Closeness> groups = new LinkedHashMap<>();
    if (file.getFileName().toString().endsWith(BENCHMARK)) {
      tree.entries()
          .forEach(
              (name, group) -> {
                if (!name.equals("data")) {
                  groups.put(name, closeness(file, name, group));
                  tasks.addAll(tasks(file, folder, name + '/', group, COMPARE));
                }
              });
    } else {
      tasks.addAll(tasks(file, folder, "", tree.at("tasks"), ""));
      tasks.addAll(tasks(file, folder, "", tree.at("pipeline_tasks"), ""));
    }
    if (tasks.size() > MAX_TASKS) {
      throw invalid(file, "tasks", tasks.size() + " entries", "at most " + MAX_TASKS);
    }
    return new Suite(file.toString(), tables(file, tree), SuiteOrder.of(file, tasks), groups);
  }

  /** The tables alone, for jobs that are in no suite. */
  List<SuiteTable> tables(Path file) {
    return tables(file, new Tree(Documents.read(file)));
  }

  private List<SuiteTable> tables(Path file, Tree tree) {
    List<SuiteTable> tables = new ArrayList<>();
    for (Tree entry : tree.at("data").each()) {
      tables.add(table(file, "data[" + tables.size() + ']', entry));
    }
    return tables;
  }

  private SuiteTable table(Path file, String at, Tree entry) {
    String namespace = text(file, at + ".namespace", entry.at("namespace"));
    Map<String, Object> settings = entry.object();
    List.of("file", "role", "use_local_data", "count", "namespace", "table_name")
        .forEach(settings::remove);
    settings.values().removeIf(java.util.Objects::isNull);
    if (entry.at("engine").value() != null) {
      String name = text(file, at + ".name", entry.at("name"));
      return new SuiteTable(
          namespace,
          name,
          entry.at("role").text(),
          Optional.empty(),
          "a folder that is bound in place, which test suites do not do here",
          Map.of());
    }
    String name = text(file, at + ".table_name", entry.at("table_name"));
    String rows = text(file, at + ".file", entry.at("file"));
    Optional<Path> found = search.find(folder(file), rows);
    String lacking = found.isPresent() ? "" : search.lacking(folder(file), rows);
    return new SuiteTable(namespace, name, entry.at("role").text(), found, lacking, settings);
  }

  private static List<SuiteTask> tasks(
      Path file, Path folder, String prefix, Tree entries, String passedOver) {
    List<SuiteTask> tasks = new ArrayList<>();
    entries
        .entries()
        .forEach(
            (name, entry) -> {
              if (!name.equals(passedOver)) {
                tasks.add(task(file, folder, prefix, name, entry));
              }
            });
    return tasks;
  }

  private static SuiteTask task(Path file, Path folder, String prefix, String name, Tree entry) {
    String at = prefix + name;
    SuiteTask.Needs needs =
        new SuiteTask.Needs(
            before(prefix, entry, "deps", "model_deps"),
            before(prefix, entry, "cache_deps"),
            before(prefix, entry, "model_loader_deps"),
            before(prefix, entry, "data_deps"));
    if (entry.at("metrics").value() != null) {
      return new SuiteTask(at, new SuiteTask.Reference(numbers(file, at, entry)), needs);
    }
    if (entry.at("script").value() != null) {
      return new SuiteTask(at, new SuiteTask.Script(entry.at("script").text()), needs);
    }
    Path conf = existing(file, at + ".conf", folder, entry.at("conf"));
    Optional<Path> dsl =
        entry.at("dsl").text().isEmpty()
            ? Optional.empty()
            : Optional.of(existing(file, at + ".dsl", folder, entry.at("dsl")));
    return new SuiteTask(at, new SuiteTask.Job(dsl, conf), needs);
  }

  private static String before(String prefix, Tree entry, String... keys) {
    for (String key : keys) {
      if (!entry.at(key).text().isEmpty()) {
        return prefix + entry.at(key).text();
      }
    }
    return null;
  }

  private static Map<String, Double> numbers(Path file, String at, Tree entry) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    entry
        .at("metrics")
        .entries()
        .forEach(
            (name, value) -> {
              if (!Double.isFinite(value.number())) {
                throw invalid(file, at + ".metrics." + name, value.text(), "a number");
              }
              numbers.put(name, value.number());
            });
    return numbers;
  }

  private Suite.Closeness closeness(Path file, String name, Tree group) {
    double relative = group.at(COMPARE, "relative_tol").number();
    if (!(relative >= 0)) {
      throw invalid(
          file,
          name + '.' + COMPARE + ".relative_tol",
          group.at(COMPARE, "relative_tol").text(),
          "a number of at least 0");
    }
    return new Suite.Closeness(relative, absolute);
  }

  private static Path existing(Path file, String field, Path folder, Tree named) {
    Path found = folder.resolve(text(file, field, named)).normalize();
    if (!Files.isRegularFile(found)) {
      throw invalid(file, field, named.text(), "a file beside the suite");
    }
    return found;
  }

  private static String text(Path file, String field, Tree value) {
    if (!(value.value() instanceof String text) || text.isBlank()) {
      throw invalid(file, field, value.text().isEmpty() ? "nothing" : value.text(), "a text");
    }
    return text;
  }

  static Path folder(Path file) {
    return file.toAbsolutePath().normalize().getParent();
  }

  static FedflowException invalid(Path file, String field, String found, String allowed) {
    return FedflowException.invalid(
        "suite.invalid", file + ": " + field + ": found " + found + ", allowed " + allowed);
  }
}
