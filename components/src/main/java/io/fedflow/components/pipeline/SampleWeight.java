package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;

/** {@code SampleWeight} in a pipeline. Not thread-safe. */
public final class SampleWeight extends PipelineComponent {

  /** A component of this name, without parameters. */
  public SampleWeight(String name) {
    super(name, "SampleWeight", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code class_weight}: balanced, or label to weight; a label that is not named gets 1.
   * Takes a text or an object or null; null if not set.
   */
  public SampleWeight classWeight(Object value) {
    parameter("class_weight", value);
    return this;
  }

  /**
   * Sets {@code sample_weight_name}: a column that holds weights; it is no feature then. Takes a
   * text or null; null if not set.
   */
  public SampleWeight sampleWeightName(String value) {
    parameter("sample_weight_name", value);
    return this;
  }

  /**
   * Sets {@code normalize}: sample_weight_name: whether weights get the mean 1. Takes true or
   * false; false if not set.
   */
  public SampleWeight normalize(boolean value) {
    parameter("normalize", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public SampleWeight needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
