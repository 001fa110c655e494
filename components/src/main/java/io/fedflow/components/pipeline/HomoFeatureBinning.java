package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;
import java.util.Map;

/** {@code HomoFeatureBinning} in a pipeline. Not thread-safe. */
public final class HomoFeatureBinning extends PipelineComponent {

  /** A component of this name, without parameters. */
  public HomoFeatureBinning(String name) {
    super(name, "HomoFeatureBinning", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code method}: how columns are cut into bins. Takes a text of [virtual_summary,
   * recursive_query]; "virtual_summary" if not set.
   */
  public HomoFeatureBinning method(String value) {
    parameter("method", value);
    return this;
  }

  /**
   * Sets {@code sample_bins}: points asked about by virtual_summary. Takes an integer &gt;= 2 &lt;=
   * 100000; 100 if not set.
   */
  public HomoFeatureBinning sampleBins(long value) {
    parameter("sample_bins", value);
    return this;
  }

  /**
   * Sets {@code max_iter}: most rounds of recursive_query. Takes an integer &gt;= 1 &lt;= 100; 100
   * if not set.
   */
  public HomoFeatureBinning maxIter(long value) {
    parameter("max_iter", value);
    return this;
  }

  /**
   * Sets {@code compress_thres}: of no effect: quantiles are exact. Takes an integer &gt;= 1; 10000
   * if not set.
   */
  public HomoFeatureBinning compressThres(long value) {
    parameter("compress_thres", value);
    return this;
  }

  /**
   * Sets {@code head_size}: of no effect: quantiles are exact. Takes an integer &gt;= 1; 10000 if
   * not set.
   */
  public HomoFeatureBinning headSize(long value) {
    parameter("head_size", value);
    return this;
  }

  /**
   * Sets {@code error}: allowed error of quantile ranks; they are exact. Takes a number &gt;= 0
   * &lt;= 1; 1.0E-4 if not set.
   */
  public HomoFeatureBinning error(double value) {
    parameter("error", value);
    return this;
  }

  /**
   * Sets {@code bin_num}: bins per column. Takes an integer &gt;= 1 &lt;= 1000000; 10 if not set.
   */
  public HomoFeatureBinning binNum(long value) {
    parameter("bin_num", value);
    return this;
  }

  /**
   * Sets {@code bin_indexes}: positions of the columns to cut; -1 for all. Takes an integer or an
   * array or null; -1 if not set.
   */
  public HomoFeatureBinning binIndexes(Object value) {
    parameter("bin_indexes", value);
    return this;
  }

  /**
   * Sets {@code bin_names}: names of further columns to cut. Takes an array or null; null if not
   * set.
   */
  public HomoFeatureBinning binNames(List<?> value) {
    parameter("bin_names", value);
    return this;
  }

  /**
   * Sets {@code adjustment_factor}: added to the counts of a bin that lacks a class. Takes a number
   * &gt; 0 &lt; 1; 0.5 if not set.
   */
  public HomoFeatureBinning adjustmentFactor(double value) {
    parameter("adjustment_factor", value);
    return this;
  }

  /**
   * Sets {@code transform_param}: what becomes of the columns. Takes an object with
   * [transform_cols, transform_names, transform_type].
   */
  public HomoFeatureBinning transformParam(Map<String, ?> value) {
    parameter("transform_param", value);
    return this;
  }

  /**
   * Sets {@code category_indexes}: positions of columns whose every value is a bin. Takes an
   * integer or an array or null; null if not set.
   */
  public HomoFeatureBinning categoryIndexes(Object value) {
    parameter("category_indexes", value);
    return this;
  }

  /**
   * Sets {@code category_names}: names of columns whose every value is a bin. Takes an array or
   * null; null if not set.
   */
  public HomoFeatureBinning categoryNames(List<?> value) {
    parameter("category_names", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public HomoFeatureBinning needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }

  /**
   * Sets {@code skip_static}: true cuts without statistics; no label is needed. Takes true or
   * false; false if not set.
   */
  public HomoFeatureBinning skipStatic(boolean value) {
    parameter("skip_static", value);
    return this;
  }

  /**
   * Sets {@code split_points_by_index}: given split points by column position. Takes an object or
   * null; null if not set.
   */
  public HomoFeatureBinning splitPointsByIndex(Map<String, ?> value) {
    parameter("split_points_by_index", value);
    return this;
  }

  /**
   * Sets {@code split_points_by_col_name}: given split points by column name. Takes an object or
   * null; null if not set.
   */
  public HomoFeatureBinning splitPointsByColName(Map<String, ?> value) {
    parameter("split_points_by_col_name", value);
    return this;
  }
}
