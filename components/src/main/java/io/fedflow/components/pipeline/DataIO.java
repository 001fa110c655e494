package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;
import java.util.Map;

/** {@code DataIO} in a pipeline. Not thread-safe. */
public final class DataIO extends PipelineComponent {

  /** A component of this name, without parameters. */
  public DataIO(String name) {
    super(name, "DataIO", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code input_format}: form of the raw rows: columns, index:value cells, or tags. Takes a
   * text of [dense, sparse, tag]; "dense" if not set.
   */
  public DataIO inputFormat(String value) {
    parameter("input_format", value);
    return this;
  }

  /**
   * Sets {@code delimitor}: separator of fields; the one that the upload named. Takes a text; ","
   * if not set.
   */
  public DataIO delimitor(String value) {
    parameter("delimitor", value);
    return this;
  }

  /**
   * Sets {@code data_type}: type of the features. Takes a text of [int, int64, float, float64, str,
   * long]; "float64" if not set.
   */
  public DataIO dataType(String value) {
    parameter("data_type", value);
    return this;
  }

  /**
   * Sets {@code exclusive_data_type}: column to type, for single features of another type. Takes an
   * object or null; null if not set.
   */
  public DataIO exclusiveDataType(Map<String, ?> value) {
    parameter("exclusive_data_type", value);
    return this;
  }

  /**
   * Sets {@code tag_with_value}: tag layout: whether tags carry values. Takes true or false; false
   * if not set.
   */
  public DataIO tagWithValue(boolean value) {
    parameter("tag_with_value", value);
    return this;
  }

  /**
   * Sets {@code tag_value_delimitor}: tag layout: separator of tag and value. Takes a text; ":" if
   * not set.
   */
  public DataIO tagValueDelimitor(String value) {
    parameter("tag_value_delimitor", value);
    return this;
  }

  /**
   * Sets {@code missing_fill}: whether missing values are replaced. Takes true or false; false if
   * not set.
   */
  public DataIO missingFill(boolean value) {
    parameter("missing_fill", value);
    return this;
  }

  /**
   * Sets {@code default_value}: replacement of missing values for the method designated: one, or
   * one per feature. Takes a number or a text or an array or null; 0 if not set.
   */
  public DataIO defaultValue(Object value) {
    parameter("default_value", value);
    return this;
  }

  /**
   * Sets {@code missing_fill_method}: what replaces missing values. Takes a text or null of [min,
   * max, mean, designated]; null if not set.
   */
  public DataIO missingFillMethod(String value) {
    parameter("missing_fill_method", value);
    return this;
  }

  /**
   * Sets {@code missing_impute}: texts that are missing values. Takes an array or null; null if not
   * set.
   */
  public DataIO missingImpute(List<?> value) {
    parameter("missing_impute", value);
    return this;
  }

  /**
   * Sets {@code outlier_replace}: whether outliers are replaced. Takes true or false; false if not
   * set.
   */
  public DataIO outlierReplace(boolean value) {
    parameter("outlier_replace", value);
    return this;
  }

  /**
   * Sets {@code outlier_replace_method}: what replaces outliers. Takes a text or null of [min, max,
   * mean, designated]; null if not set.
   */
  public DataIO outlierReplaceMethod(String value) {
    parameter("outlier_replace_method", value);
    return this;
  }

  /**
   * Sets {@code outlier_impute}: texts that are outliers. Takes an array or null; null if not set.
   */
  public DataIO outlierImpute(List<?> value) {
    parameter("outlier_impute", value);
    return this;
  }

  /**
   * Sets {@code outlier_replace_value}: replacement of outliers for the method designated: one, or
   * one per feature. Takes a number or a text or an array or null; 0 if not set.
   */
  public DataIO outlierReplaceValue(Object value) {
    parameter("outlier_replace_value", value);
    return this;
  }

  /**
   * Sets {@code with_label}: whether a label column exists. Takes true or false; false if not set.
   */
  public DataIO withLabel(boolean value) {
    parameter("with_label", value);
    return this;
  }

  /**
   * Sets {@code label_name}: the label column; upper and lower case are the same. Takes a text; "y"
   * if not set.
   */
  public DataIO labelName(String value) {
    parameter("label_name", value);
    return this;
  }

  /**
   * Sets {@code label_type}: type of the label. Takes a text of [int, int64, float, float64, str,
   * long]; "int" if not set.
   */
  public DataIO labelType(String value) {
    parameter("label_type", value);
    return this;
  }

  /**
   * Sets {@code output_format}: form of the instances; sparse makes 0 of values nearer than 1e-8 to
   * it. Takes a text of [dense, sparse]; "dense" if not set.
   */
  public DataIO outputFormat(String value) {
    parameter("output_format", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the input on unchanged. Takes true or false; true if not
   * set.
   */
  public DataIO needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
