package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;

/** {@code Union} in a pipeline. Not thread-safe. */
public final class Union extends PipelineComponent {

  /** A component of this name, without parameters. */
  public Union(String name) {
    super(name, "Union", ComponentOutputs.DATA);
    provider("fate");
  }

  /**
   * Sets {@code need_run}: false hands the first table on unchanged. Takes true or false; true if
   * not set.
   */
  public Union needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }

  /**
   * Sets {@code allow_missing}: of no effect: every row has a cell in every column of its table.
   * Takes true or false; false if not set.
   */
  public Union allowMissing(boolean value) {
    parameter("allow_missing", value);
    return this;
  }

  /**
   * Sets {@code keep_duplicate}: axis 0: whether every id is renamed by its table. Takes true or
   * false; false if not set.
   */
  public Union keepDuplicate(boolean value) {
    parameter("keep_duplicate", value);
    return this;
  }

  /**
   * Sets {@code axis}: 0 puts rows together, 1 columns. Takes an integer &gt;= 0 &lt;= 1; 0 if not
   * set.
   */
  public Union axis(long value) {
    parameter("axis", value);
    return this;
  }

  /**
   * Sets {@code unmatched_id}: axis 1: what becomes of rows that not every table has. Takes a text
   * of [raise, ignore]; "raise" if not set.
   */
  public Union unmatchedId(String value) {
    parameter("unmatched_id", value);
    return this;
  }
}
