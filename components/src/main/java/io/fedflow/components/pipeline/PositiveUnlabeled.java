package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;

/** {@code PositiveUnlabeled} in a pipeline. Not thread-safe. */
public final class PositiveUnlabeled extends PipelineComponent {

  /** A component of this name, without parameters. */
  public PositiveUnlabeled(String name) {
    super(name, "PositiveUnlabeled", ComponentOutputs.DATA);
    provider("fate");
  }

  /**
   * Sets {@code strategy}: which unlabeled rows become positive. Takes a text of [probability,
   * quantity, proportion, distribution]; "probability" if not set.
   */
  public PositiveUnlabeled strategy(String value) {
    parameter("strategy", value);
    return this;
  }

  /**
   * Sets {@code threshold}: least score, number of rows, share of rows, or number for distribution.
   * Takes a number &gt;= 0; 0.9 if not set.
   */
  public PositiveUnlabeled threshold(double value) {
    parameter("threshold", value);
    return this;
  }
}
