package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;
import java.util.Map;

/** {@code HeteroFeatureBinning} in a pipeline. Not thread-safe. */
public final class HeteroFeatureBinning extends PipelineComponent {

  /** A component of this name, without parameters. */
  public HeteroFeatureBinning(String name) {
    super(name, "HeteroFeatureBinning", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code method}: how columns are cut into bins. Takes a text of [quantile, bucket,
   * optimal]; "quantile" if not set.
   */
  public HeteroFeatureBinning method(String value) {
    parameter("method", value);
    return this;
  }

  /**
   * Sets {@code compress_thres}: of no effect: quantiles are exact. Takes an integer &gt;= 1; 10000
   * if not set.
   */
  public HeteroFeatureBinning compressThres(long value) {
    parameter("compress_thres", value);
    return this;
  }

  /**
   * Sets {@code head_size}: of no effect: quantiles are exact. Takes an integer &gt;= 1; 10000 if
   * not set.
   */
  public HeteroFeatureBinning headSize(long value) {
    parameter("head_size", value);
    return this;
  }

  /**
   * Sets {@code error}: allowed error of quantile ranks; they are exact. Takes a number &gt;= 0
   * &lt;= 1; 1.0E-4 if not set.
   */
  public HeteroFeatureBinning error(double value) {
    parameter("error", value);
    return this;
  }

  /**
   * Sets {@code bin_num}: bins per column. Takes an integer &gt;= 1 &lt;= 1000000; 10 if not set.
   */
  public HeteroFeatureBinning binNum(long value) {
    parameter("bin_num", value);
    return this;
  }

  /**
   * Sets {@code bin_indexes}: positions of the columns to cut; -1 for all. Takes an integer or an
   * array or null; -1 if not set.
   */
  public HeteroFeatureBinning binIndexes(Object value) {
    parameter("bin_indexes", value);
    return this;
  }

  /**
   * Sets {@code bin_names}: names of further columns to cut. Takes an array or null; null if not
   * set.
   */
  public HeteroFeatureBinning binNames(List<?> value) {
    parameter("bin_names", value);
    return this;
  }

  /**
   * Sets {@code adjustment_factor}: added to the counts of a bin that lacks a class. Takes a number
   * &gt; 0 &lt; 1; 0.5 if not set.
   */
  public HeteroFeatureBinning adjustmentFactor(double value) {
    parameter("adjustment_factor", value);
    return this;
  }

  /**
   * Sets {@code transform_param}: what becomes of the columns. Takes an object with
   * [transform_cols, transform_names, transform_type].
   */
  public HeteroFeatureBinning transformParam(Map<String, ?> value) {
    parameter("transform_param", value);
    return this;
  }

  /**
   * Sets {@code category_indexes}: positions of columns whose every value is a bin. Takes an
   * integer or an array or null; null if not set.
   */
  public HeteroFeatureBinning categoryIndexes(Object value) {
    parameter("category_indexes", value);
    return this;
  }

  /**
   * Sets {@code category_names}: names of columns whose every value is a bin. Takes an array or
   * null; null if not set.
   */
  public HeteroFeatureBinning categoryNames(List<?> value) {
    parameter("category_names", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public HeteroFeatureBinning needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }

  /**
   * Sets {@code skip_static}: true cuts without statistics; no label is needed. Takes true or
   * false; false if not set.
   */
  public HeteroFeatureBinning skipStatic(boolean value) {
    parameter("skip_static", value);
    return this;
  }

  /**
   * Sets {@code split_points_by_index}: given split points by column position. Takes an object or
   * null; null if not set.
   */
  public HeteroFeatureBinning splitPointsByIndex(Map<String, ?> value) {
    parameter("split_points_by_index", value);
    return this;
  }

  /**
   * Sets {@code split_points_by_col_name}: given split points by column name. Takes an object or
   * null; null if not set.
   */
  public HeteroFeatureBinning splitPointsByColName(Map<String, ?> value) {
    parameter("split_points_by_col_name", value);
    return this;
  }

  /**
   * Sets {@code optimal_binning_param}: settings of method optimal. Takes an object with
   * [metric_method, min_bin_pct, max_bin_pct, init_bin_nums, mixture, init_bucket_method].
   */
  public HeteroFeatureBinning optimalBinningParam(Map<String, ?> value) {
    parameter("optimal_binning_param", value);
    return this;
  }

  /**
   * Sets {@code local_only}: whether hosts take no part in statistics. Takes true or false; false
   * if not set.
   */
  public HeteroFeatureBinning localOnly(boolean value) {
    parameter("local_only", value);
    return this;
  }

  /** Sets {@code encrypt_param}: the guest's key. Takes an object with [method, key_length]. */
  public HeteroFeatureBinning encryptParam(Map<String, ?> value) {
    parameter("encrypt_param", value);
    return this;
  }
}
