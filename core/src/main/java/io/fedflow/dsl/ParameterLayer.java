package io.fedflow.dsl;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one place of a conf says about one component at one party.
 *
 * @param tree the parameters
 * @param node where they are written
 * @param element the position of this party's value inside the written arrays of version 1; -1 if
 *     the values stand as they are
 */
record ParameterLayer(Map<String, Object> tree, DocumentNode node, int element) {

  /**
   * Finds where a parameter is written.
   *
   * @param path names below the component, each after a slash, unescaped; empty for the component
   * @return empty if this layer does not give it
   */
  Optional<String> locate(String path) {
    return locate(node, path, element >= 0);
  }

  private Optional<String> locate(DocumentNode at, String path, boolean spread) {
    if (spread && at.value() instanceof List<?> list) {
      return element < list.size() ? locate(at.element(element), path, false) : Optional.empty();
    }
    if (path.isEmpty()) {
      return Optional.of(at.pointer());
    }
    if (at.value() instanceof Map<?, ?> map) {
      // Parameter names may hold slashes themselves, so the names decide where one ends.
      return map.keySet().stream()
          .map(String.class::cast)
          .filter(name -> path.equals('/' + name) || path.startsWith('/' + name + '/'))
          .map(name -> locate(at.field(name), path.substring(name.length() + 1), spread))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (at.value() instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        if (path.equals("/" + i) || path.startsWith("/" + i + '/')) {
          return locate(at.element(i), path.substring(1 + Integer.toString(i).length()), spread);
        }
      }
    }
    return Optional.empty();
  }
}
