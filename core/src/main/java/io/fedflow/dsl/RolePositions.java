package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the parties of a prediction stood in the conf of the training: confs address parties by
 * their position inside a role.
 *
 * @param trained how many parties a role had
 * @param before for every role of the prediction and each of its parties, the position then
 */
record RolePositions(Map<String, Integer> trained, Map<String, List<Integer>> before) {

  private static final String ALL = "all";

  /**
   * Compares the parties of two confs.
   *
   * @param train the training's role to party ids
   * @param predict the prediction's; empty if it has the same parties
   * @param problems receives every party that did not train
   */
  static RolePositions of(
      Map<String, Object> train, Map<String, Object> predict, Problems problems) {
    Map<String, Integer> trained = new LinkedHashMap<>();
    train.forEach((role, ids) -> trained.put(role, ids(ids).size()));
    Map<String, List<Integer>> before = new LinkedHashMap<>();
    (predict.isEmpty() ? train : predict)
        .forEach(
            (role, ids) -> {
              List<String> then = ids(train.get(role));
              List<Integer> positions = new ArrayList<>();
              for (String id : ids(ids)) {
                if (!then.contains(id)) {
                  problems.error(
                      "conf/role/" + role,
                      "the party did not take part in the training of the model",
                      id,
                      then.isEmpty() ? "no party in this role" : "some of " + then);
                }
                positions.add(then.indexOf(id));
              }
              before.put(role, positions);
            });
    return new RolePositions(trained, before);
  }

  boolean has(String role) {
    return before.containsKey(role);
  }

  /**
   * A key such as {@code 0|2} of the training as the prediction writes it; empty if nobody is left.
   */
  Optional<String> key(String role, String key) {
    List<Integer> now = before.getOrDefault(role, List.of());
    if (now.isEmpty()) {
      return Optional.empty();
    }
    if (key.equals(ALL)) {
      return Optional.of(ALL);
    }
    List<Integer> named = RoleIndexKey.positions(key, trained.getOrDefault(role, 0));
    String moved =
        named.stream()
            .map(now::indexOf)
            .filter(position -> position >= 0)
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining("|"));
    return moved.isEmpty() ? Optional.empty() : Optional.of(moved);
  }

  /** One value for each party of the training as one for each of the prediction. */
  List<?> array(String role, List<?> values) {
    List<Integer> now = before.get(role);
    // Another length is the planner's to refuse.
    return values.size() == trained.getOrDefault(role, 0)
        ? now.stream().map(values::get).collect(Collectors.toCollection(ArrayList::new))
        : values;
  }

  private static List<String> ids(Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
