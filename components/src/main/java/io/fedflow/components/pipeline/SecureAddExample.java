package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;

/** {@code SecureAddExample} in a pipeline. Not thread-safe. */
public final class SecureAddExample extends PipelineComponent {

  /** A component of this name, without parameters. */
  public SecureAddExample(String name) {
    super(name, "SecureAddExample", ComponentOutputs.NONE);
    provider("fate");
  }

  /**
   * Sets {@code seed}: null draws the shares from the system's entropy; a number makes them the
   * same in every run, so that whoever sees the conf can undo them. Takes an integer or null; null
   * if not set.
   */
  public SecureAddExample seed(Long value) {
    parameter("seed", value);
    return this;
  }

  /**
   * Sets {@code partition}: into how many pieces the rows are cut. Takes an integer &gt;= 1 &lt;=
   * 1000; 1 if not set.
   */
  public SecureAddExample partition(long value) {
    parameter("partition", value);
    return this;
  }

  /**
   * Sets {@code data_num}: how many rows each party makes. Takes an integer &gt;= 1 &lt;= 1000000;
   * 1000 if not set.
   */
  public SecureAddExample dataNum(long value) {
    parameter("data_num", value);
    return this;
  }
}
