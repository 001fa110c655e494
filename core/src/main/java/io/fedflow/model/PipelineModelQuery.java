package io.fedflow.model;

import java.util.List;

/**
 * Which pipeline models to read. Empty lists do not filter.
 *
 * @param modelIds exact ids
 * @param modelVersions exact versions
 * @param roles role names
 * @param partyIds party ids
 */
public record PipelineModelQuery(
    List<String> modelIds, List<String> modelVersions, List<String> roles, List<String> partyIds) {

  /** Copies the lists. */
  public PipelineModelQuery {
    modelIds = List.copyOf(modelIds);
    modelVersions = List.copyOf(modelVersions);
    roles = List.copyOf(roles);
    partyIds = List.copyOf(partyIds);
  }

  /** One version at all parties. */
  public static PipelineModelQuery ofVersion(String modelVersion) {
    return new PipelineModelQuery(List.of(), List.of(modelVersion), List.of(), List.of());
  }

  /** Whether a model is among those asked for. */
  public boolean selects(PipelineModel model) {
    return among(modelIds, model.modelId())
        && among(modelVersions, model.modelVersion())
        && among(roles, model.party().role().name())
        && among(partyIds, model.party().id());
  }

  private static boolean among(List<String> allowed, String value) {
    return allowed.isEmpty() || allowed.contains(value);
  }
}
