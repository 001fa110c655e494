package io.fedflow.transport.http.v1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The components of a DSL in FATE's form, with how deep each stands: the longest way from a
 * component without inputs.
 */
final class DslOutline {

  private final Map<String, Map<?, ?>> components = new LinkedHashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();

  private DslOutline(Map<String, Object> dsl) {
    if (dsl.get("components") instanceof Map<?, ?> all) {
      all.forEach(
          (name, component) ->
              components.put(
                  String.valueOf(name), component instanceof Map<?, ?> map ? map : Map.of()));
    }
  }

  /**
   * The components of a DSL.
   *
   * @param modules which modules are shown
   */
  static List<Map<String, Object>> of(Map<String, Object> dsl, Predicate<String> modules) {
    DslOutline outline = new DslOutline(dsl);
    List<Map<String, Object>> rows = new ArrayList<>();
    outline.components.forEach(
        (name, component) -> {
          String module = String.valueOf(component.get("module"));
          if (modules.test(module)) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("component_name", name);
            row.put("module", module);
            row.put("index", outline.depth(name, new LinkedHashSet<>()));
            rows.add(row);
          }
        });
    return rows;
  }

  private int depth(String name, Set<String> above) {
    Integer known = depths.get(name);
    if (known != null) {
      return known;
    }
    int depth = 0;
    // A circle was refused when the DSL was planned; one in an imported model ends here.
    if (above.add(name)) {
      for (String upstream : upstream(components.get(name).get("input"))) {
        depth = Math.max(depth, depth(upstream, above) + 1);
      }
      above.remove(name);
    }
    depths.put(name, depth);
    return depth;
  }

  /** The components that any reference below an input names. */
  private Set<String> upstream(Object input) {
    Set<String> upstream = new LinkedHashSet<>();
    if (input instanceof Map<?, ?> map) {
      map.values().forEach(value -> upstream.addAll(upstream(value)));
    } else if (input instanceof List<?> list) {
      list.forEach(value -> upstream.addAll(upstream(value)));
    } else if (input instanceof String reference) {
      String owner = reference.substring(0, Math.max(0, reference.indexOf('.')));
      if (components.containsKey(owner)) {
        upstream.add(owner);
      }
    }
    return upstream;
  }
}
