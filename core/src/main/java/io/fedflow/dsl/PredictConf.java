package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a prediction's conf whole: it goes on with the parties, job parameters and component
 * parameters of the training, unless the prediction says otherwise. Tables of version 1 and the
 * choice of providers are the prediction's own.
 */
public final class PredictConf {

  /** Job parameters that belong to the training alone. */
  private static final Set<String> TRAINING_ONLY =
      Set.of("job_type", "model_id", "model_version", "seed", JobSettings.INHERITANCE);

  private static final Set<String> SHARED = Set.of("dsl_version", "initiator", "role");

  private final Map<String, Object> train;
  private final Map<String, Object> predict;
  private final Set<String> components;
  private final RolePositions positions;

  private PredictConf(
      Map<String, Object> train,
      Map<String, Object> predict,
      Set<String> components,
      RolePositions positions) {
    this.train = train;
    this.predict = predict;
    this.components = components;
    this.positions = positions;
  }

  /**
   * The effective conf.
   *
   * @param trainConf the conf of the training, of either version; read, not changed
   * @param predictConf the conf of the prediction; read, not changed
   * @param components names of the components of the prediction; parameters of others are left out
   * @throws io.fedflow.failure.ProblemsException if a party of the prediction did not train
   */
  public static Map<String, Object> effective(
      Map<String, Object> trainConf, Map<String, Object> predictConf, Set<String> components) {
    Problems problems = new Problems();
    RolePositions positions =
        RolePositions.of(object(trainConf.get("role")), object(predictConf.get("role")), problems);
    problems.throwIfAny();
    return new PredictConf(trainConf, predictConf, components, positions).whole();
  }

  private Map<String, Object> whole() {
    Map<String, Object> base = new LinkedHashMap<>(train);
    base.keySet().retainAll(SHARED);
    // A party list is replaced as a whole, and so is the choice of roles.
    predict.keySet().stream().filter(SHARED::contains).forEach(base::remove);
    if ("2".equals(String.valueOf(train.get("dsl_version")))) {
      base.put(
          "job_parameters",
          Map.of("common", goingOn(object(object(train.get("job_parameters")).get("common")))));
      Map<String, Object> trained = object(train.get("component_parameters"));
      base.put(
          "component_parameters",
          Map.of("common", only(trained.get("common")), "role", byKey(trained.get("role"))));
    } else {
      base.put("job_parameters", goingOn(object(train.get("job_parameters"))));
      base.put("algorithm_parameters", only(train.get("algorithm_parameters")));
      base.put("role_parameters", byArray(object(train.get("role_parameters"))));
    }
    return TreeMerge.merge(base, predict);
  }

  private static Map<String, Object> goingOn(Map<String, Object> jobParameters) {
    jobParameters.keySet().removeAll(TRAINING_ONLY);
    return jobParameters;
  }

  /** {@code role.<role>.<positions>.<component>} of version 2, at the positions of now. */
  private Map<String, Object> byKey(Object trained) {
    Map<String, Object> byRole = new LinkedHashMap<>();
    object(trained)
        .forEach(
            (role, keys) -> {
              Map<String, Object> kept = new LinkedHashMap<>();
              object(keys)
                  .forEach(
                      (key, section) -> {
                        Map<String, Object> own = only(section);
                        if (!own.isEmpty()) {
                          positions
                              .key(role, key)
                              .ifPresent(now -> kept.merge(now, own, PredictConf::merge));
                        }
                      });
              if (!kept.isEmpty()) {
                byRole.put(role, kept);
              }
            });
    return byRole;
  }

  /** {@code <role>.<component>} of version 1, whose leaves hold one value for each party. */
  private Map<String, Object> byArray(Map<String, Object> trained) {
    Map<String, Object> byRole = new LinkedHashMap<>();
    trained.forEach(
        (role, section) -> {
          Map<String, Object> own = only(section);
          if (positions.has(role) && !own.isEmpty()) {
            byRole.put(role, arrays(role, own));
          }
        });
    return byRole;
  }

  private Object arrays(String role, Object value) {
    if (value instanceof Map<?, ?>) {
      Map<String, Object> moved = object(value);
      moved.replaceAll((name, each) -> arrays(role, each));
      return moved;
    }
    return value instanceof List<?> list ? positions.array(role, list) : value;
  }

  private static Object merge(Object left, Object right) {
    return TreeMerge.merge(object(left), object(right));
  }

  private Map<String, Object> only(Object sections) {
    Map<String, Object> only = object(sections);
    only.keySet().retainAll(components);
    return only;
  }

  private static Map<String, Object> object(Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> object.put(String.valueOf(key), each));
    }
    return object;
  }
}
