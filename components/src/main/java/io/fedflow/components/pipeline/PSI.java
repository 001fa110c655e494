package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;

/** {@code PSI} in a pipeline. Not thread-safe. */
public final class PSI extends PipelineComponent {

  /** A component of this name, without parameters. */
  public PSI(String name) {
    super(name, "PSI", ComponentOutputs.MODEL);
    provider("fate");
  }

  /**
   * Sets {@code max_bin_num}: bins of a column, by equal counts. Takes an integer &gt;= 2 &lt;=
   * 1000000; 20 if not set.
   */
  public PSI maxBinNum(long value) {
    parameter("max_bin_num", value);
    return this;
  }

  /** Sets {@code need_run}: false measures nothing. Takes true or false; true if not set. */
  public PSI needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }

  /**
   * Sets {@code dense_missing_val}: a value that counts as missing. Takes a number or a text or
   * null; null if not set.
   */
  public PSI denseMissingVal(Object value) {
    parameter("dense_missing_val", value);
    return this;
  }

  /**
   * Sets {@code binning_error}: allowed error of quantile ranks; exact here. Takes a number &gt;= 0
   * &lt;= 1; 1.0E-4 if not set.
   */
  public PSI binningError(double value) {
    parameter("binning_error", value);
    return this;
  }
}
