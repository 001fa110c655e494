package io.fedflow.dsl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Derives the DSL that predicts from the DSL that trained: what is kept takes its model from the
 * trained pipeline, and its tables from the nearest kept component before it. Tables that the conf
 * of version 1 names come from its {@code eval_data} then, as confs of predictions call them.
 */
public final class PredictDsl {

  private static final String READER = "Reader";

  private static final String ARGS = "args";

  /** Where a prediction of version 1 finds its tables. */
  public static final String EVAL_TABLE = "args.eval_data";

  /** The first kind that is there becomes the one input, under the name it has when predicting. */
  private static final Map<String, String> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("data", "data");
    KINDS.put("train_data", "test_data");
    KINDS.put("validate_data", "test_data");
    KINDS.put("test_data", "test_data");
  }

  /** Where a table comes from that a left-out component would have passed on. */
  private static final List<String> SUBSTITUTES =
      List.of("train_data", "eval_data", "test_data", "data");

  private final Map<String, Object> train;
  private final Set<String> kept;

  private PredictDsl(Map<String, Object> train, Collection<String> kept) {
    this.train = train;
    this.kept = new LinkedHashSet<>(kept);
  }

  /**
   * The DSL with which a trained DSL predicts.
   *
   * @param trainDsl read, not changed
   * @param kept names of components
   * @throws IllegalArgumentException if a name is unknown
   */
  public static Map<String, Object> derive(Map<String, Object> trainDsl, Collection<String> kept) {
    PredictDsl derived = new PredictDsl(object(trainDsl.get("components")), kept);
    for (String name : kept) {
      if (!derived.train.containsKey(name)) {
        throw new IllegalArgumentException(
            "component: found " + name + ", allowed one of " + derived.train.keySet());
      }
    }
    Map<String, Object> components = new LinkedHashMap<>();
    derived.train.forEach(
        (name, component) -> {
          if (derived.kept.contains(name)) {
            components.put(name, derived.component(name, object(component)));
          }
        });
    return Map.of("components", components);
  }

  /** Every component but those that only read stored tables. */
  public static List<String> allButReaders(Map<String, Object> trainDsl) {
    return object(trainDsl.get("components")).entrySet().stream()
        .filter(component -> !READER.equals(object(component.getValue()).get("module")))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * What a DSL of version 1 wants to keep: {@code need_deploy} false leaves a component out; true,
   * and none, keep it.
   */
  public static List<String> needDeploy(Map<String, Object> trainDsl) {
    return object(trainDsl.get("components")).entrySet().stream()
        .filter(component -> !Boolean.FALSE.equals(object(component.getValue()).get("need_deploy")))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, Object> component(String name, Map<String, Object> trained) {
    Map<String, Object> output = object(trained.get("output"));
    Map<String, Object> input = new LinkedHashMap<>();
    List<String> models = texts(output.remove("model"));
    if (!models.isEmpty()) {
      input.put("model", models.stream().map(m -> "pipeline." + name + '.' + m).toList());
    }
    Map<String, Object> before = object(trained.get("input"));
    Map<String, Object> data = data(object(before.get("data")));
    if (!data.isEmpty()) {
      input.put("data", data);
    }
    if (before.containsKey("data") && before.containsKey("cache")) {
      input.put("cache", before.get("cache"));
    }
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("module", trained.get("module"));
    if (!input.isEmpty()) {
      component.put("input", input);
    }
    if (!output.isEmpty()) {
      component.put("output", output);
    }
    return component;
  }

  private Map<String, Object> data(Map<String, Object> trained) {
    for (Map.Entry<String, String> kind : KINDS.entrySet()) {
      if (trained.containsKey(kind.getKey())) {
        List<String> references =
            texts(trained.get(kind.getKey())).stream()
                .flatMap(this::nearest)
                .filter(reference -> kept.contains(owner(reference)) || isTable(reference))
                .distinct()
                .toList();
        return references.isEmpty() ? Map.of() : Map.of(kind.getValue(), references);
      }
    }
    return Map.of();
  }

  /** The reference itself, or what stands in for a component that is left out. */
  private Stream<String> nearest(String reference) {
    String current = reference;
    // Each step goes one component up; a DSL without cycles has fewer than its components.
    for (int step = 0; step <= train.size(); step++) {
      if (isTable(current)) {
        return Stream.of(EVAL_TABLE);
      }
      Map<String, Object> owner = object(train.get(owner(current)));
      if (kept.contains(owner(current)) || READER.equals(owner.get("module"))) {
        return Stream.of(current);
      }
      List<String> before = substitutes(object(object(owner.get("input")).get("data")));
      if (before.isEmpty()) {
        return Stream.empty();
      }
      current = before.get(0);
    }
    return Stream.empty();
  }

  private static List<String> substitutes(Map<String, Object> data) {
    return SUBSTITUTES.stream()
        .map(kind -> texts(data.get(kind)))
        .filter(references -> !references.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static boolean isTable(String reference) {
    return owner(reference).equals(ARGS);
  }

  private static String owner(String reference) {
    int dot = reference.indexOf('.');
    return dot < 0 ? reference : reference.substring(0, dot);
  }

  private static Map<String, Object> object(Object value) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> copy.put(String.valueOf(key), each));
    }
    return copy;
  }

  private static List<String> texts(Object value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(each -> texts.add(String.valueOf(each)));
    } else if (value instanceof String text) {
      texts.add(text);
    }
    return texts;
  }
}
