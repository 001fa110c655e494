package io.fedflow.dsl;

import io.fedflow.component.ComponentDescriptor;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Merges the layers of component parameters and checks the result against the components' schemas,
 * reporting each violation once and where the user wrote it. One instance checks one job.
 */
final class ComponentParameters {

  private final ParameterLayers layers;
  private final Problems problems;
  private final Set<Problem> reported = new HashSet<>();

  ComponentParameters(ParameterLayers layers, Problems problems) {
    this.layers = layers;
    this.problems = problems;
  }

  /**
   * The merged parameters of a component, before defaults.
   *
   * @param component its name
   * @param sources the names that its parameters are written under; later ones win
   * @param descriptor its module
   * @param runners the parties that run it
   */
  Map<Party, Map<String, Object>> of(
      String component, List<String> sources, ComponentDescriptor descriptor, List<Party> runners) {
    Map<Party, Map<String, Object>> byParty = new LinkedHashMap<>();
    for (Party party : runners) {
      List<ParameterLayer> applying = new ArrayList<>();
      sources.forEach(source -> applying.addAll(layers.of(party, source)));
      Map<String, Object> merged = Map.of();
      for (ParameterLayer layer : applying) {
        merged = TreeMerge.merge(merged, layer.tree());
      }
      check(component, descriptor, party, merged, applying);
      byParty.put(party, merged);
    }
    return OrderedMap.copyOf(byParty);
  }

  private void check(
      String component,
      ComponentDescriptor descriptor,
      Party party,
      Map<String, Object> merged,
      List<ParameterLayer> applying) {
    Problems found = new Problems();
    descriptor.resolve(merged, "", found);
    for (Problem problem : found.errors()) {
      Problem located = locate(problem, component, party, applying);
      if (reported.add(located)) {
        problems.error(located.pointer(), located.message(), located.found(), located.allowed());
      }
    }
    for (Problem problem : found.warnings()) {
      Problem located = locate(problem, component, party, applying);
      if (reported.add(located)) {
        problems.warning(located.pointer(), located.message(), located.found(), located.allowed());
      }
    }
  }

  /** The layer that wins decides; what nobody wrote points to where this party's would stand. */
  private Problem locate(
      Problem problem, String component, Party party, List<ParameterLayer> applying) {
    for (int i = applying.size() - 1; i >= 0; i--) {
      Optional<String> pointer = applying.get(i).locate(problem.pointer());
      if (pointer.isPresent()) {
        return new Problem(pointer.get(), problem.message(), problem.found(), problem.allowed());
      }
    }
    return new Problem(
        layers.home(party, component) + problem.pointer(),
        problem.message() + " at " + party,
        problem.found(),
        problem.allowed());
  }
}
