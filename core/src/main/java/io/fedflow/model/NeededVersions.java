package io.fedflow.model;

import io.fedflow.data.Stages;
import io.fedflow.spi.ModelStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The versions that are in use: deployed, loaded or bound ones, and what these were made of. A
 * version of a training is the id of its job. Immutable.
 */
public final class NeededVersions {

  private final Map<String, String> reasons;

  private NeededVersions(Map<String, String> reasons) {
    this.reasons = Map.copyOf(reasons);
  }

  /** Reads which versions are in use at a site; blocking. */
  public static NeededVersions of(ModelStore store) {
    List<PipelineModel> rows =
        Stages.join(
            store.pipelines(new PipelineModelQuery(List.of(), List.of(), List.of(), List.of())));
    Map<String, String> parents = new HashMap<>();
    rows.forEach(row -> parents.put(row.modelVersion(), row.parent()));
    Map<String, String> reasons = new HashMap<>();
    for (PipelineModel row : rows) {
      String use = use(row);
      String version = use.isEmpty() ? "" : row.modelVersion();
      // A circle ends at the first version that is there already.
      while (!version.isEmpty()
          && reasons.putIfAbsent(
                  version, "model version " + row.modelVersion() + " is " + use + " and needs it")
              == null) {
        version = parents.getOrDefault(version, "");
      }
    }
    return new NeededVersions(reasons);
  }

  private static String use(PipelineModel row) {
    if (row.state() == PipelineModel.State.DELETED) {
      return "";
    }
    if (!row.services().isEmpty()) {
      return "bound";
    }
    if (row.loads() > 0) {
      return "loaded";
    }
    return row.state() == PipelineModel.State.DEPLOYED ? "deployed" : "";
  }

  /** Why a version is needed; empty if it is not. */
  public String why(String modelVersion) {
    return reasons.getOrDefault(modelVersion, "");
  }
}
