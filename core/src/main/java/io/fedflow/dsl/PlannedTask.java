package io.fedflow.dsl;

import io.fedflow.party.Party;
import java.util.List;
import java.util.Map;

/**
 * One component of a plan. Immutable.
 *
 * @param component its name in the DSL
 * @param module the module name as the DSL wrote it, alias or not, in the catalog's upper and lower
 *     case
 * @param params per party that runs it, in conf order: the merged conf object before defaults;
 *     parties whose role the module does not support are absent
 * @param data incoming tables in DSL order
 * @param models incoming models of its own kind (warm start, predict), in DSL order
 * @param isometric incoming models of other kinds, in DSL order
 * @param caches incoming caches, in DSL order
 * @param dataOutputs the declared names of data outputs
 * @param modelOutputs the declared names of model outputs; only the first is used
 * @param cacheOutputs the declared names of cache outputs
 * @param needDeploy the DSL's {@code need_deploy}; null when the DSL is silent
 * @param stage the length of the longest path from a source; 0 for sources
 */
public record PlannedTask(
    String component,
    String module,
    Map<Party, Map<String, Object>> params,
    List<DataEdge> data,
    List<ModelEdge> models,
    List<ModelEdge> isometric,
    List<CacheEdge> caches,
    List<String> dataOutputs,
    List<String> modelOutputs,
    List<String> cacheOutputs,
    Boolean needDeploy,
    int stage) {

  /** Copies the collections. */
  public PlannedTask {
    params = OrderedMap.copyOf(params);
    data = List.copyOf(data);
    models = List.copyOf(models);
    isometric = List.copyOf(isometric);
    caches = List.copyOf(caches);
    dataOutputs = List.copyOf(dataOutputs);
    modelOutputs = List.copyOf(modelOutputs);
    cacheOutputs = List.copyOf(cacheOutputs);
  }

  /** Tells whether a party runs this task. */
  public boolean runsAt(Party party) {
    return params.containsKey(party);
  }
}
