package io.fedflow.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outputs that a component declares.
 *
 * @param data names of its tables, usually {@code data}
 * @param model whether it makes a model
 * @param cache whether it makes a cache
 */
public record ComponentOutputs(List<String> data, boolean model, boolean cache) {

  /** One table and a model. */
  public static final ComponentOutputs DATA_AND_MODEL =
      new ComponentOutputs(List.of("data"), true, false);

  /** One table. */
  public static final ComponentOutputs DATA = new ComponentOutputs(List.of("data"), false, false);

  /** One table and a cache. */
  public static final ComponentOutputs DATA_AND_CACHE =
      new ComponentOutputs(List.of("data"), false, true);

  /** A model. */
  public static final ComponentOutputs MODEL = new ComponentOutputs(List.of(), true, false);

  /** Three tables: to train, to validate and to test with. */
  public static final ComponentOutputs SPLIT =
      new ComponentOutputs(List.of("train_data", "validate_data", "test_data"), false, false);

  /** Nothing but its metrics, summary and log. */
  public static final ComponentOutputs NONE = new ComponentOutputs(List.of(), false, false);

  /** Copies the list. */
  public ComponentOutputs {
    data = List.copyOf(data);
  }

  /** Every name that a reference may end with. */
  List<String> names() {
    List<String> names = new ArrayList<>(data);
    if (model) {
      names.add("model");
    }
    if (cache) {
      names.add("cache");
    }
    return names;
  }

  Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (!data.isEmpty()) {
      tree.put("data", data);
    }
    if (model) {
      tree.put("model", List.of("model"));
    }
    if (cache) {
      tree.put("cache", List.of("cache"));
    }
    return tree;
  }
}
