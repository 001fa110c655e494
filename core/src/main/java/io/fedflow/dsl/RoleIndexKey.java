package io.fedflow.dsl;

import java.util.ArrayList;
import java.util.List;

/** The grammar of {@code role.<role>.<key>} levels: {@code "0"}, {@code "0|2"}, {@code "all"}. */
final class RoleIndexKey {

  private RoleIndexKey() {}

  /** The positions among {@code size} parties that a key names, ascending; empty if none. */
  static List<Integer> positions(String key, int size) {
    List<String> named = List.of(key.split("\\|"));
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String index = Integer.toString(i);
      if (key.equals("all") || named.stream().anyMatch(part -> part.strip().equals(index))) {
        positions.add(i);
      }
    }
    return positions;
  }
}
