package io.fedflow.server.cli;

import java.util.Arrays;
import java.util.Map;

/** Copies JSON trees with one value replaced. */
final class Replacing {

  private Replacing() {}

  /** The tree with another value at the end of these keys, objects made where missing. */
  static Object at(Object tree, Object value, String... keys) {
    if (keys.length == 0) {
      return value;
    }
    Map<String, Object> copy = new Tree(tree).object();
    copy.put(keys[0], at(copy.get(keys[0]), value, Arrays.copyOfRange(keys, 1, keys.length)));
    return copy;
  }
}
