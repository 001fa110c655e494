package io.fedflow.dsl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes a prediction's conf whole: what trained keeps the parameters it trained with, unless the
 * prediction says otherwise.
 */
public final class PredictConf {

  private static final String SECTION = "component_parameters";

  private PredictConf() {}

  /**
   * The effective conf.
   *
   * @param trainConf the conf of the training, version 2; read, not changed
   * @param predictConf the conf of the prediction; read, not changed
   * @param components names of the components of the prediction; parameters of others are left out
   */
  public static Map<String, Object> effective(
      Map<String, Object> trainConf, Map<String, Object> predictConf, Set<String> components) {
    Map<String, Object> trained = object(trainConf.get(SECTION));
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("common", only(object(trained.get("common")), components));
    Map<String, Object> byRole = new LinkedHashMap<>();
    object(trained.get("role"))
        .forEach(
            (role, keys) ->
                object(keys)
                    .forEach(
                        (key, section) -> {
                          Map<String, Object> own = only(object(section), components);
                          if (!own.isEmpty()) {
                            byRole.merge(role, Map.of(key, own), PredictConf::merge);
                          }
                        }));
    kept.put("role", byRole);
    Map<String, Object> conf = new LinkedHashMap<>(predictConf);
    conf.put(SECTION, TreeMerge.merge(kept, object(predictConf.get(SECTION))));
    return conf;
  }

  private static Object merge(Object left, Object right) {
    return TreeMerge.merge(object(left), object(right));
  }

  private static Map<String, Object> only(Map<String, Object> sections, Set<String> components) {
    Map<String, Object> only = new LinkedHashMap<>(sections);
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
