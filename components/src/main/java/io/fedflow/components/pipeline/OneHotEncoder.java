package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;

/** {@code OneHotEncoder} in a pipeline. Not thread-safe. */
public final class OneHotEncoder extends PipelineComponent {

  /** A component of this name, without parameters. */
  public OneHotEncoder(String name) {
    super(name, "OneHotEncoder", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code transform_col_indexes}: positions of the columns to replace; -1 for all. Takes an
   * integer or an array or null; -1 if not set.
   */
  public OneHotEncoder transformColIndexes(Object value) {
    parameter("transform_col_indexes", value);
    return this;
  }

  /**
   * Sets {@code transform_col_names}: names of further columns to replace. Takes an array or null;
   * null if not set.
   */
  public OneHotEncoder transformColNames(List<?> value) {
    parameter("transform_col_names", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public OneHotEncoder needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
