package io.fedflow.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts tasks behind those that they need; otherwise leaves them as they are. */
final class SuiteOrder {

  private SuiteOrder() {}

  /**
   * The same tasks in an order in which they can run.
   *
   * @throws io.fedflow.failure.FedflowException {@code suite.invalid} for names that repeat, needs
   *     that no task meets, and needs that go in a circle
   */
  static List<SuiteTask> of(Path file, List<SuiteTask> tasks) {
    Map<String, SuiteTask> named = new LinkedHashMap<>();
    for (SuiteTask task : tasks) {
      if (named.put(task.name(), task) != null) {
        throw SuiteReader.invalid(file, task.name(), "two tasks", "one of a name");
      }
    }
    for (SuiteTask task : tasks) {
      task.needs()
          .all()
          .filter(need -> !named.containsKey(need))
          .forEach(
              need -> {
                throw SuiteReader.invalid(
                    file, task.name() + ".deps", need, "one of " + named.keySet());
              });
    }
    Set<String> done = new LinkedHashSet<>();
    List<SuiteTask> ordered = new ArrayList<>();
    List<SuiteTask> left = new ArrayList<>(tasks);
    while (!left.isEmpty()) {
      List<SuiteTask> ready =
          left.stream().filter(task -> task.needs().all().allMatch(done::contains)).toList();
      if (ready.isEmpty()) {
        throw SuiteReader.invalid(
            file,
            left.get(0).name() + ".deps",
            "a circle of " + left.stream().map(SuiteTask::name).toList(),
            "tasks that need others only one way");
      }
      ready.forEach(task -> done.add(task.name()));
      ordered.addAll(ready);
      left.removeAll(ready);
    }
    return ordered;
  }
}
