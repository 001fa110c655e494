package io.fedflow.dsl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Under whose name a component's parameters are looked up. A component that reuses the model or
 * cache of another of its module runs with the other's parameters; a warm start, which goes on
 * training that model, lays its own over them.
 */
final class ParameterSources {

  private final Map<String, DslComponent> components;
  private final Modules modules;

  ParameterSources(Map<String, DslComponent> components, Modules modules) {
    this.components = components;
    this.modules = modules;
  }

  /** The names to look up; later ones win. */
  List<String> of(DslComponent component) {
    if (component.models().isEmpty() && component.caches().isEmpty()) {
      return List.of(component.name());
    }
    List<String> sources = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Optional<DslComponent> next = Optional.of(component);
    // Cycles are refused elsewhere, but this runs before that refusal.
    while (next.isPresent() && seen.add(next.get().name())) {
      DslComponent current = next.get();
      Optional<DslComponent> origin = origin(current);
      if (origin.isEmpty() || current.hasData("train_data")) {
        sources.add(0, current.name());
      }
      next = origin;
    }
    return sources;
  }

  private Optional<DslComponent> origin(DslComponent component) {
    return Stream.concat(component.models().stream(), component.caches().stream())
        .filter(reference -> !reference.fromPipeline())
        .map(Reference::owner)
        .filter(owner -> modules.same(component.name(), owner))
        .map(components::get)
        .findFirst();
  }
}
