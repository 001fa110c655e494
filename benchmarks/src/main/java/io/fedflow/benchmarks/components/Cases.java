package io.fedflow.benchmarks.components;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every case there is: at least one of each component that comes with Fedflow. */
final class Cases {

  /** By name, in the order of modules. */
  static final Map<String, ComponentCase> ALL =
      Stream.of(LocalCases.all(), AlignmentCases.all(), ModelCases.all())
          .flatMap(List::stream)
          .collect(
              Collectors.toMap(
                  ComponentCase::name,
                  Function.identity(),
                  (one, other) -> {
                    throw new IllegalStateException("two cases are called " + one.name());
                  },
                  LinkedHashMap::new));

  private Cases() {}

  /**
   * Chosen cases.
   *
   * @param names of cases or of modules, which stand for all their cases; none for all there are
   * @throws IllegalArgumentException for a name of nothing
   */
  static List<ComponentCase> named(List<String> names) {
    if (names.isEmpty()) {
      return List.copyOf(ALL.values());
    }
    List<ComponentCase> chosen = new ArrayList<>();
    for (String name : names) {
      List<ComponentCase> meant =
          ALL.values().stream()
              .filter(one -> one.name().equals(name) || one.module().equals(name))
              .toList();
      if (meant.isEmpty()) {
        throw new IllegalArgumentException(
            "component: found " + name + ", allowed are modules and " + ALL.keySet());
      }
      chosen.addAll(meant);
    }
    return chosen.stream().distinct().toList();
  }
}
