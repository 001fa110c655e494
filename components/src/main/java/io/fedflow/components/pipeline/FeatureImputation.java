package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;
import java.util.Map;

/** {@code FeatureImputation} in a pipeline. Not thread-safe. */
public final class FeatureImputation extends PipelineComponent {

  /** A component of this name, without parameters. */
  public FeatureImputation(String name) {
    super(name, "FeatureImputation", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code default_value}: what method designated fills in. Takes a number or a text or null;
   * 0 if not set.
   */
  public FeatureImputation defaultValue(Object value) {
    parameter("default_value", value);
    return this;
  }

  /**
   * Sets {@code col_default_value}: column to what method designated fills in there. Takes an
   * object or null; null if not set.
   */
  public FeatureImputation colDefaultValue(Map<String, ?> value) {
    parameter("col_default_value", value);
    return this;
  }

  /**
   * Sets {@code missing_fill_method}: what replaces missing values. Takes a text or null of [min,
   * max, mean, designated, median, mode]; null if not set.
   */
  public FeatureImputation missingFillMethod(String value) {
    parameter("missing_fill_method", value);
    return this;
  }

  /**
   * Sets {@code col_missing_fill_method}: column to what replaces missing values there. Takes an
   * object or null; null if not set.
   */
  public FeatureImputation colMissingFillMethod(Map<String, ?> value) {
    parameter("col_missing_fill_method", value);
    return this;
  }

  /**
   * Sets {@code missing_impute}: further values that count as missing. Takes an array or null; null
   * if not set.
   */
  public FeatureImputation missingImpute(List<?> value) {
    parameter("missing_impute", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public FeatureImputation needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }

  /**
   * Sets {@code error}: allowed error of the median's rank; it is exact. Takes a number &gt;= 0
   * &lt;= 1; 1.0E-4 if not set.
   */
  public FeatureImputation error(double value) {
    parameter("error", value);
    return this;
  }

  /**
   * Sets {@code multi_mode}: method mode: what becomes of several most frequent values. Takes a
   * text of [random, raise]; "random" if not set.
   */
  public FeatureImputation multiMode(String value) {
    parameter("multi_mode", value);
    return this;
  }
}
