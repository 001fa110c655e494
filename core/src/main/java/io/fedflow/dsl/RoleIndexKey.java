package io.fedflow.dsl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The grammar of {@code role.<role>.<key>} levels: {@code "0"}, {@code "0|2"}, {@code "all"}. */
final class RoleIndexKey {

  private RoleIndexKey() {}

  /** The positions among {@code size} parties that a key names, ascending; empty if none. */
  static List<Integer> positions(String key, int size) {
    Set<String> named =
        Arrays.stream(key.split("\\|")).map(String::strip).collect(Collectors.toSet());
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (key.equals("all") || named.contains(Integer.toString(i))) {
        positions.add(i);
      }
    }
    return positions;
  }
}
