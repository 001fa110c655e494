package io.fedflow.transport.client;

import java.util.Objects;

/**
 * A stored model.
 *
 * @param modelId the pipeline model's id
 * @param modelVersion its version
 */
public record ModelAt(String modelId, String modelVersion) {

  /** Refuses null. */
  public ModelAt {
    Objects.requireNonNull(modelId, "modelId");
    Objects.requireNonNull(modelVersion, "modelVersion");
  }
}
