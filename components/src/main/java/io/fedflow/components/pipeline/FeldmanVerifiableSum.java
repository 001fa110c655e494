package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;

/** {@code FeldmanVerifiableSum} in a pipeline. Not thread-safe. */
public final class FeldmanVerifiableSum extends PipelineComponent {

  /** A component of this name, without parameters. */
  public FeldmanVerifiableSum(String name) {
    super(name, "FeldmanVerifiableSum", ComponentOutputs.DATA);
    provider("fate");
  }

  /**
   * Sets {@code sum_cols}: positions of the columns to add, as many at every party; null or -1 for
   * all. Takes an integer or an array or null; null if not set.
   */
  public FeldmanVerifiableSum sumCols(Object value) {
    parameter("sum_cols", value);
    return this;
  }

  /**
   * Sets {@code q_n}: decimals that values are rounded to. Takes an integer &gt;= 0 &lt;= 16; 6 if
   * not set.
   */
  public FeldmanVerifiableSum qN(long value) {
    parameter("q_n", value);
    return this;
  }
}
