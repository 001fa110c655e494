package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads {@code component_parameters}: {@code common}, then {@code role} in file order. */
final class ParameterLayersV2 {

  private ParameterLayersV2() {}

  static ParameterLayers read(DocumentNode node, Parties parties, Problems problems) {
    node.fields(problems)
        .forEach(
            (key, field) -> {
              if (!Set.of("common", "role").contains(key)) {
                problems.warning(
                    field.pointer(), "not read", key, "common or role, with components inside");
              }
            });
    ParameterLayers layers =
        new ParameterLayers(
            layer(node.field("common"), problems),
            party ->
                node.field("role")
                    .field(party.role().name())
                    .field(Integer.toString(parties.indexOf(party))));
    for (RoleSection section : RoleSection.read(node.field("role"), parties, problems)) {
      Map<String, ParameterLayer> layer = layer(section.node(), problems);
      for (Party party : section.parties()) {
        layers.add(party, layer);
      }
    }
    return layers;
  }

  /** Component to parameters, as they stand. */
  static Map<String, ParameterLayer> layer(DocumentNode node, Problems problems) {
    Map<String, ParameterLayer> layer = new LinkedHashMap<>();
    node.fields(problems)
        .forEach(
            (component, parameters) -> {
              Map<String, Object> tree = new LinkedHashMap<>();
              parameters.fields(problems).forEach((name, value) -> tree.put(name, value.value()));
              layer.put(component, new ParameterLayer(tree, parameters, -1));
            });
    return layer;
  }
}
