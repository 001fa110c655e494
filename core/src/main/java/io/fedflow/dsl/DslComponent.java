package io.fedflow.dsl;

import java.util.List;

/**
 * One component as the DSL declares it, of either version. The references are well formed but not
 * yet looked up.
 *
 * @param node the component's object in the DSL
 * @param name its key
 * @param module the module name; null if missing, which is a problem already noted
 * @param data tables in DSL order
 * @param models models of its own kind
 * @param isometric models of other kinds
 * @param caches caches
 * @param dataOutputs declared names
 * @param modelOutputs declared names
 * @param cacheOutputs declared names
 * @param needDeploy as written; null when silent
 */
record DslComponent(
    DocumentNode node,
    String name,
    String module,
    List<Reference> data,
    List<Reference> models,
    List<Reference> isometric,
    List<Reference> caches,
    List<String> dataOutputs,
    List<String> modelOutputs,
    List<String> cacheOutputs,
    Boolean needDeploy) {

  /** Tells whether a table arrives under a data key. */
  boolean hasData(String kind) {
    return data.stream().anyMatch(reference -> reference.kind().equals(kind));
  }
}
