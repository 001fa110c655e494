package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;

/** {@code FeatureScale} in a pipeline. Not thread-safe. */
public final class FeatureScale extends PipelineComponent {

  /** A component of this name, without parameters. */
  public FeatureScale(String name) {
    super(name, "FeatureScale", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code method}: standard_scale, min_max_scale, or null for no scaling. Takes a text or
   * null; "standard_scale" if not set.
   */
  public FeatureScale method(String value) {
    parameter("method", value);
    return this;
  }

  /**
   * Sets {@code mode}: whether feat_upper and feat_lower are values, or shares of the sorted
   * values. Takes a text of [normal, cap]; "normal" if not set.
   */
  public FeatureScale mode(String value) {
    parameter("mode", value);
    return this;
  }

  /**
   * Sets {@code scale_col_indexes}: positions of the columns to scale; -1 for all. Takes an integer
   * or an array or null; -1 if not set.
   */
  public FeatureScale scaleColIndexes(Object value) {
    parameter("scale_col_indexes", value);
    return this;
  }

  /**
   * Sets {@code scale_names}: names of further columns to scale. Takes an array or null; null if
   * not set.
   */
  public FeatureScale scaleNames(List<?> value) {
    parameter("scale_names", value);
    return this;
  }

  /**
   * Sets {@code feat_upper}: values above it are cut down to it: one number, or one for each
   * feature. Takes a number or an array or null; null if not set.
   */
  public FeatureScale featUpper(Object value) {
    parameter("feat_upper", value);
    return this;
  }

  /**
   * Sets {@code feat_lower}: values below it are raised to it: one number, or one for each feature.
   * Takes a number or an array or null; null if not set.
   */
  public FeatureScale featLower(Object value) {
    parameter("feat_lower", value);
    return this;
  }

  /**
   * Sets {@code with_mean}: standard_scale: whether the mean is subtracted. Takes true or false;
   * true if not set.
   */
  public FeatureScale withMean(boolean value) {
    parameter("with_mean", value);
    return this;
  }

  /**
   * Sets {@code with_std}: standard_scale: whether the deviation becomes 1. Takes true or false;
   * true if not set.
   */
  public FeatureScale withStd(boolean value) {
    parameter("with_std", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public FeatureScale needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
