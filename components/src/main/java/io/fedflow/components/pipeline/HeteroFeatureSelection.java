package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;
import java.util.Map;

/** {@code HeteroFeatureSelection} in a pipeline. Not thread-safe. */
public final class HeteroFeatureSelection extends PipelineComponent {

  /** A component of this name, without parameters. */
  public HeteroFeatureSelection(String name) {
    super(name, "HeteroFeatureSelection", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code select_col_indexes}: positions of the candidate columns; -1 for all. Takes an
   * integer or an array or null; -1 if not set.
   */
  public HeteroFeatureSelection selectColIndexes(Object value) {
    parameter("select_col_indexes", value);
    return this;
  }

  /**
   * Sets {@code select_names}: names of further candidates. Takes an array or null; null if not
   * set.
   */
  public HeteroFeatureSelection selectNames(List<?> value) {
    parameter("select_names", value);
    return this;
  }

  /**
   * Sets {@code filter_methods}: the filters, in order; null for manually. Takes an array or null
   * of [unique_value, iv_value_thres, iv_percentile, iv_top_k,
   * coefficient_of_variation_value_thres, outlier_cols, manually, percentage_value, iv_filter,
   * statistic_filter, psi_filter, vif_filter, correlation_filter, hetero_sbt_filter,
   * homo_sbt_filter, hetero_fast_sbt_filter]; null if not set.
   */
  public HeteroFeatureSelection filterMethods(List<?> value) {
    parameter("filter_methods", value);
    return this;
  }

  /** Sets {@code unique_param}: settings of unique_value. Takes an object with [eps]. */
  public HeteroFeatureSelection uniqueParam(Map<String, ?> value) {
    parameter("unique_param", value);
    return this;
  }

  /**
   * Sets {@code iv_value_param}: settings of iv_value_thres. Takes an object with [value_threshold,
   * host_thresholds, local_only].
   */
  public HeteroFeatureSelection ivValueParam(Map<String, ?> value) {
    parameter("iv_value_param", value);
    return this;
  }

  /**
   * Sets {@code iv_percentile_param}: settings of iv_percentile. Takes an object with
   * [percentile_threshold, local_only].
   */
  public HeteroFeatureSelection ivPercentileParam(Map<String, ?> value) {
    parameter("iv_percentile_param", value);
    return this;
  }

  /** Sets {@code iv_top_k_param}: settings of iv_top_k. Takes an object with [k, local_only]. */
  public HeteroFeatureSelection ivTopKParam(Map<String, ?> value) {
    parameter("iv_top_k_param", value);
    return this;
  }

  /**
   * Sets {@code variance_coe_param}: settings of coefficient_of_variation_value_thres. Takes an
   * object with [value_threshold].
   */
  public HeteroFeatureSelection varianceCoeParam(Map<String, ?> value) {
    parameter("variance_coe_param", value);
    return this;
  }

  /**
   * Sets {@code outlier_param}: settings of outlier_cols. Takes an object with [percentile,
   * upper_threshold].
   */
  public HeteroFeatureSelection outlierParam(Map<String, ?> value) {
    parameter("outlier_param", value);
    return this;
  }

  /**
   * Sets {@code manually_param}: settings of manually. Takes an object with [filter_out_indexes,
   * filter_out_names, left_col_indexes, left_col_names].
   */
  public HeteroFeatureSelection manuallyParam(Map<String, ?> value) {
    parameter("manually_param", value);
    return this;
  }

  /**
   * Sets {@code percentage_value_param}: settings of percentage_value. Takes an object with
   * [upper_pct].
   */
  public HeteroFeatureSelection percentageValueParam(Map<String, ?> value) {
    parameter("percentage_value_param", value);
    return this;
  }

  /**
   * Sets {@code iv_param}: settings of iv_filter. Takes an object with [metrics, filter_type,
   * threshold, host_thresholds, take_high, select_federated, mul_class_merge_type].
   */
  public HeteroFeatureSelection ivParam(Map<String, ?> value) {
    parameter("iv_param", value);
    return this;
  }

  /**
   * Sets {@code statistic_param}: settings of statistic_filter. Takes an object with [metrics,
   * filter_type, take_high, threshold, host_thresholds, select_federated].
   */
  public HeteroFeatureSelection statisticParam(Map<String, ?> value) {
    parameter("statistic_param", value);
    return this;
  }

  /**
   * Sets {@code psi_param}: settings of psi_filter. Takes an object with [metrics, filter_type,
   * take_high, threshold, host_thresholds, select_federated].
   */
  public HeteroFeatureSelection psiParam(Map<String, ?> value) {
    parameter("psi_param", value);
    return this;
  }

  /**
   * Sets {@code vif_param}: settings of vif_filter. Takes an object with [metrics, filter_type,
   * take_high, threshold, host_thresholds, select_federated].
   */
  public HeteroFeatureSelection vifParam(Map<String, ?> value) {
    parameter("vif_param", value);
    return this;
  }

  /**
   * Sets {@code sbt_param}: settings of the sbt filters. Takes an object with [metrics,
   * filter_type, take_high, threshold, host_thresholds, select_federated].
   */
  public HeteroFeatureSelection sbtParam(Map<String, ?> value) {
    parameter("sbt_param", value);
    return this;
  }

  /**
   * Sets {@code correlation_param}: settings of correlation_filter. Takes an object with
   * [sort_metric, threshold, select_federated].
   */
  public HeteroFeatureSelection correlationParam(Map<String, ?> value) {
    parameter("correlation_param", value);
    return this;
  }

  /**
   * Sets {@code use_anonymous}: whether names of columns are anonymous names. Takes true or false;
   * false if not set.
   */
  public HeteroFeatureSelection useAnonymous(boolean value) {
    parameter("use_anonymous", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public HeteroFeatureSelection needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
