package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;

/** {@code FederatedSample} in a pipeline. Not thread-safe. */
public final class FederatedSample extends PipelineComponent {

  /** A component of this name, without parameters. */
  public FederatedSample(String name) {
    super(name, "FederatedSample", ComponentOutputs.DATA);
    provider("fate");
  }

  /**
   * Sets {@code mode}: what decides how often a row is drawn. Takes a text of [random, stratified,
   * exact_by_weight]; "random" if not set.
   */
  public FederatedSample mode(String value) {
    parameter("mode", value);
    return this;
  }

  /**
   * Sets {@code method}: whether rows are drawn once at most, or again and again. Takes a text of
   * [downsample, upsample]; "downsample" if not set.
   */
  public FederatedSample method(String value) {
    parameter("method", value);
    return this;
  }

  /**
   * Sets {@code fractions}: drawn rows by rows: a number, or [label, number] for each label of mode
   * stratified. Takes a number or an array or null; null if not set.
   */
  public FederatedSample fractions(Object value) {
    parameter("fractions", value);
    return this;
  }

  /**
   * Sets {@code random_state}: seed of the draw; null takes the job's. Takes an integer or null;
   * null if not set.
   */
  public FederatedSample randomState(Long value) {
    parameter("random_state", value);
    return this;
  }

  /**
   * Sets {@code task_type}: whether the guest draws for all, or each party its own rows. Takes a
   * text of [hetero, homo]; "hetero" if not set.
   */
  public FederatedSample taskType(String value) {
    parameter("task_type", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public FederatedSample needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
