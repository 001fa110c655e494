package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;

/** {@code DataStatistics} in a pipeline. Not thread-safe. */
public final class DataStatistics extends PipelineComponent {

  /** A component of this name, without parameters. */
  public DataStatistics(String name) {
    super(name, "DataStatistics", ComponentOutputs.MODEL);
    provider("fate");
  }

  /**
   * Sets {@code statistics}: what to measure beyond the basic set: summary, a name, a percentile
   * such as 95%, or an array of them. Takes a text or an array; "summary" if not set.
   */
  public DataStatistics statistics(Object value) {
    parameter("statistics", value);
    return this;
  }

  /**
   * Sets {@code column_names}: names of further columns to measure. Takes an array or null; null if
   * not set.
   */
  public DataStatistics columnNames(List<?> value) {
    parameter("column_names", value);
    return this;
  }

  /**
   * Sets {@code column_indexes}: positions of the columns to measure; -1 for all. Takes an integer
   * or an array or null; -1 if not set.
   */
  public DataStatistics columnIndexes(Object value) {
    parameter("column_indexes", value);
    return this;
  }

  /** Sets {@code need_run}: false measures nothing. Takes true or false; true if not set. */
  public DataStatistics needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }

  /**
   * Sets {@code abnormal_list}: values that count as missing. Takes an array or null; null if not
   * set.
   */
  public DataStatistics abnormalList(List<?> value) {
    parameter("abnormal_list", value);
    return this;
  }

  /**
   * Sets {@code quantile_error}: allowed error of ranks; they are exact. Takes a number &gt;= 0
   * &lt;= 1; 1.0E-4 if not set.
   */
  public DataStatistics quantileError(double value) {
    parameter("quantile_error", value);
    return this;
  }

  /**
   * Sets {@code bias}: false corrects skewness and kurtosis for the number of values. Takes true or
   * false; true if not set.
   */
  public DataStatistics bias(boolean value) {
    parameter("bias", value);
    return this;
  }
}
