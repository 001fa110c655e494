package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;

/** {@code ColumnExpand} in a pipeline. Not thread-safe. */
public final class ColumnExpand extends PipelineComponent {

  /** A component of this name, without parameters. */
  public ColumnExpand(String name) {
    super(name, "ColumnExpand", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code append_header}: names of the new columns. Takes an array or null; null if not set.
   */
  public ColumnExpand appendHeader(List<?> value) {
    parameter("append_header", value);
    return this;
  }

  /**
   * Sets {@code method}: where values come from: the conf. Takes a text of [manual]; "manual" if
   * not set.
   */
  public ColumnExpand method(String value) {
    parameter("method", value);
    return this;
  }

  /**
   * Sets {@code fill_value}: what the new columns hold: one value, or one for each. Takes a number
   * or a text or an array; 1.0E-8 if not set.
   */
  public ColumnExpand fillValue(Object value) {
    parameter("fill_value", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public ColumnExpand needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
