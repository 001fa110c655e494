package io.fedflow.server.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a conf names a table.
 *
 * @param namespace the table's namespace
 * @param name the table's name
 */
record SuiteTableName(String namespace, String name) {

  /** All that a conf names, of either version: objects with a namespace and a name. */
  static Set<SuiteTableName> in(Object conf) {
    Set<SuiteTableName> found = new LinkedHashSet<>();
    collect(conf, found);
    return found;
  }

  private static void collect(Object value, Set<SuiteTableName> found) {
    if (value instanceof Map<?, ?> map) {
      if (map.get("namespace") instanceof String space && map.get("name") instanceof String name) {
        found.add(new SuiteTableName(space, name));
      }
      map.values().forEach(each -> collect(each, found));
    } else if (value instanceof List<?> list) {
      list.forEach(each -> collect(each, found));
    }
  }

  @Override
  public String toString() {
    return namespace + '.' + name;
  }
}
