package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code algorithm_parameters}, which hold at every party, and {@code role_parameters}, whose
 * leaves are arrays with one value per party of the role.
 */
final class ParameterLayersV1 {

  private final Problems problems;

  private ParameterLayersV1(Problems problems) {
    this.problems = problems;
  }

  static ParameterLayers read(DocumentNode conf, Parties parties, Problems problems) {
    DocumentNode byRole = conf.field("role_parameters");
    ParameterLayers layers =
        new ParameterLayers(
            ParameterLayersV2.layer(conf.field("algorithm_parameters"), problems),
            party -> byRole.field(party.role().name()));
    new ParameterLayersV1(problems).roles(byRole, parties, layers);
    return layers;
  }

  private void roles(DocumentNode byRole, Parties parties, ParameterLayers layers) {
    byRole
        .fields(problems)
        .forEach(
            (name, role) -> {
              List<Party> members = Role.isName(name) ? parties.of(new Role(name)) : List.of();
              if (members.isEmpty()) {
                problems.warning(
                    role.pointer(),
                    "the job has no party in this role; not read",
                    name,
                    "a role of the job: " + parties.byRole().keySet());
              } else {
                role(role, members, layers);
              }
            });
  }

  private void role(DocumentNode role, List<Party> members, ParameterLayers layers) {
    Map<String, DocumentNode> components = role.fields(problems);
    components.remove("args");
    components.values().forEach(component -> checkArrays(component, members));
    for (int i = 0; i < members.size(); i++) {
      Map<String, ParameterLayer> layer = new LinkedHashMap<>();
      int element = i;
      components.forEach(
          (name, component) ->
              layer.put(name, new ParameterLayer(pick(component, element), component, element)));
      layers.add(members.get(i), layer);
    }
  }

  private void checkArrays(DocumentNode object, List<Party> members) {
    object
        .fields(problems)
        .forEach(
            (name, value) -> {
              if (value.value() instanceof Map<?, ?>) {
                checkArrays(value, members);
              } else if (!(value.value() instanceof List<?> list)
                  || list.size() != members.size()) {
                problems.error(
                    value.pointer(),
                    "role parameters take one value per party of the role",
                    value.describe(),
                    "an array of "
                        + members.size()
                        + ", in the order of "
                        + KnownNames.listed(members));
              }
            });
  }

  /** One party's values; what {@link #checkArrays} refused is left out. */
  private static Map<String, Object> pick(DocumentNode object, int element) {
    Map<String, Object> picked = new LinkedHashMap<>();
    if (object.value() instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        DocumentNode value = object.field((String) key);
        if (value.value() instanceof Map<?, ?>) {
          picked.put((String) key, pick(value, element));
        } else if (value.value() instanceof List<?> list && element < list.size()) {
          picked.put((String) key, list.get(element));
        }
      }
    }
    return picked;
  }
}
