package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Warns about component parameters that no task of the job reads. */
final class UnreadParameters {

  private final Map<String, DslComponent> components;
  private final Modules modules;
  private final ParameterSources sources;
  private final Problems problems;
  private final Set<String> warned = new HashSet<>();

  UnreadParameters(
      Map<String, DslComponent> components,
      Modules modules,
      ParameterSources sources,
      Problems problems) {
    this.components = components;
    this.modules = modules;
    this.sources = sources;
    this.problems = problems;
  }

  /**
   * Looks at a conf.
   *
   * @param inherited whether the conf continues another job's, and may therefore speak of
   *     components that this job left behind
   */
  void warn(ParameterLayers layers, List<Party> parties, boolean inherited) {
    layers.common().forEach((name, layer) -> warnName(name, layer, inherited));
    for (Party party : parties) {
      for (Map<String, ParameterLayer> layer : layers.byRole(party)) {
        layer.forEach(
            (name, parameters) -> {
              warnName(name, parameters, inherited);
              warnRole(name, parameters, party);
            });
      }
    }
  }

  private void warnName(String name, ParameterLayer layer, boolean inherited) {
    DslComponent component = components.get(name);
    if (component == null) {
      if (!inherited) {
        warn(
            layer,
            "the DSL has no such component",
            name,
            KnownNames.allowed(components.keySet(), name));
      }
      return;
    }
    List<String> names = sources.of(component);
    if (!names.contains(name)) {
      warn(
          layer,
          "the component reuses a model and runs with the parameters of the one that trained it",
          name,
          "parameters of " + names.get(0));
    }
  }

  private void warnRole(String name, ParameterLayer layer, Party party) {
    modules
        .descriptor(name)
        .filter(descriptor -> !descriptor.roles().contains(party.role()))
        .ifPresent(
            descriptor ->
                warn(
                    layer,
                    "the module does not run in this role",
                    party.role().name(),
                    "one of " + descriptor.roles().stream().sorted().toList()));
  }

  private void warn(ParameterLayer layer, String message, String found, String allowed) {
    // One section of the conf may hold for many parties.
    if (warned.add(layer.node().pointer() + message)) {
      problems.warning(layer.node().pointer(), message + "; not read", found, allowed);
    }
  }
}
