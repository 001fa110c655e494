package io.fedflow.dsl;

import io.fedflow.dag.Dag;
import io.fedflow.failure.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Looks up the references of a DSL and turns them into edges and a graph. */
final class Wiring {

  /** After so many cycles the user has something to do; each costs another pass. */
  private static final int MAX_CYCLES = 10;

  private final Map<String, DslComponent> components;
  private final Map<String, List<String>> upstream = new HashMap<>();
  private final JobSettings settings;
  private final Problems problems;

  /**
   * Starts with components and no edges.
   *
   * @param components by name, in DSL order
   * @param settings decides which references may be followed
   * @param problems receives every reference that leads nowhere
   */
  Wiring(Map<String, DslComponent> components, JobSettings settings, Problems problems) {
    this.components = components;
    this.settings = settings;
    this.problems = problems;
  }

  /** The incoming tables; {@code stored} binds {@code args.<key>} references of version 1. */
  List<DataEdge> data(DslComponent component, Function<Reference, DataEdge.StoredTable> stored) {
    List<DataEdge> edges = new ArrayList<>();
    for (Reference reference : component.data()) {
      if (reference.owner().equals("args")) {
        args(reference)
            .map(stored)
            .ifPresent(table -> edges.add(new DataEdge(reference.kind(), table)));
      } else {
        taskOutput(component, reference)
            .ifPresent(output -> edges.add(new DataEdge(reference.kind(), output)));
      }
    }
    return edges;
  }

  private Optional<Reference> args(Reference reference) {
    if (settings.dslVersion() == 1) {
      return Optional.of(reference);
    }
    problems.error(
        reference.node().pointer(),
        "args references belong to version 1",
        reference.node().describe(),
        "the output of a Reader component; or dsl_version 1");
    return Optional.empty();
  }

  private Optional<DataEdge.TaskOutput> taskOutput(DslComponent component, Reference reference) {
    Optional<DslComponent> owner = owner(component, reference);
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    int index = owner.get().dataOutputs().indexOf(reference.output());
    if (index < 0) {
      undeclared(reference, owner.get().dataOutputs());
      return Optional.empty();
    }
    connect(component, reference);
    return Optional.of(new DataEdge.TaskOutput(reference.owner(), reference.output(), index));
  }

  /** The incoming models of one slot. */
  List<ModelEdge> models(DslComponent component, List<Reference> references) {
    List<ModelEdge> edges = new ArrayList<>();
    for (Reference reference : references) {
      (reference.fromPipeline() ? pipeline(reference) : taskModel(component, reference))
          .ifPresent(edges::add);
    }
    return edges;
  }

  private Optional<ModelEdge> pipeline(Reference reference) {
    if (!settings.jobType().equals("predict")) {
      problems.error(
          reference.node().pointer(),
          "only a predict job has a trained pipeline model",
          reference.node().describe(),
          "<component>.<model> in a train job; or job_type predict");
      return Optional.empty();
    }
    return Optional.of(new ModelEdge(reference.owner(), reference.output(), true));
  }

  private Optional<ModelEdge> taskModel(DslComponent component, Reference reference) {
    Optional<DslComponent> owner = owner(component, reference);
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    List<String> declared = owner.get().modelOutputs();
    if (declared.isEmpty()) {
      undeclared(reference, declared);
      return Optional.empty();
    }
    // A component has one model, stored under its first alias; FATE never looks at the others.
    String alias = declared.get(0);
    if (!reference.output().equals(alias)) {
      problems.warning(
          reference.node().pointer(),
          "a component hands on only its first model output",
          reference.node().describe(),
          reference.owner() + '.' + alias);
    }
    connect(component, reference);
    return Optional.of(new ModelEdge(reference.owner(), alias, false));
  }

  /** The incoming caches. */
  List<CacheEdge> caches(DslComponent component) {
    List<CacheEdge> edges = new ArrayList<>();
    for (Reference reference : component.caches()) {
      owner(component, reference)
          .flatMap(owner -> cache(component, owner, reference))
          .ifPresent(edges::add);
    }
    return edges;
  }

  private Optional<CacheEdge> cache(
      DslComponent component, DslComponent owner, Reference reference) {
    if (!owner.cacheOutputs().contains(reference.output())) {
      undeclared(reference, owner.cacheOutputs());
      return Optional.empty();
    }
    connect(component, reference);
    return Optional.of(new CacheEdge(reference.owner(), reference.output()));
  }

  private Optional<DslComponent> owner(DslComponent component, Reference reference) {
    String name = reference.owner();
    if (name.equals(component.name())) {
      problems.error(
          reference.node().pointer(),
          "a component refers to itself",
          reference.node().describe(),
          "the output of another component");
      return Optional.empty();
    }
    DslComponent owner = components.get(name);
    if (owner == null) {
      problems.error(
          reference.node().pointer(),
          reference.kind() + " of " + component.name() + " comes from an unknown component",
          reference.node().describe(),
          KnownNames.allowed(components.keySet(), name));
    }
    return Optional.ofNullable(owner);
  }

  private void undeclared(Reference reference, List<String> declared) {
    problems.error(
        reference.node().pointer(),
        "the component " + reference.owner() + " does not declare this output",
        reference.node().describe(),
        declared.isEmpty()
            ? "nothing, it declares no output of this kind"
            : "one of " + KnownNames.listed(declared));
  }

  private void connect(DslComponent component, Reference reference) {
    upstream.computeIfAbsent(component.name(), name -> new ArrayList<>(1)).add(reference.owner());
  }

  /** The graph of everything connected so far; empty if it holds cycles. */
  Optional<Dag> graph() {
    List<String> names = List.copyOf(components.keySet());
    for (int found = 0; found < MAX_CYCLES; found++) {
      try {
        Dag graph = Dag.of(names, upstream);
        return found == 0 ? Optional.of(graph) : Optional.empty();
      } catch (Dag.CycleException e) {
        List<String> cycle = e.cycle();
        problems.error(
            components.get(cycle.get(0)).node().pointer(),
            "the components form a cycle",
            String.join("->", cycle),
            "components that need only earlier ones");
        // Without this edge the next pass finds the next cycle.
        upstream.get(cycle.get(1)).removeIf(cycle.get(0)::equals);
      }
    }
    return Optional.empty();
  }
}
