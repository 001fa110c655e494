package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;

/** {@code HomoOneHotEncoder} in a pipeline. Not thread-safe. */
public final class HomoOneHotEncoder extends PipelineComponent {

  /** A component of this name, without parameters. */
  public HomoOneHotEncoder(String name) {
    super(name, "HomoOneHotEncoder", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code transform_col_indexes}: positions of the columns to replace; -1 for all. Takes an
   * integer or an array or null; -1 if not set.
   */
  public HomoOneHotEncoder transformColIndexes(Object value) {
    parameter("transform_col_indexes", value);
    return this;
  }

  /**
   * Sets {@code transform_col_names}: names of further columns to replace. Takes an array or null;
   * null if not set.
   */
  public HomoOneHotEncoder transformColNames(List<?> value) {
    parameter("transform_col_names", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public HomoOneHotEncoder needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }

  /**
   * Sets {@code need_alignment}: false leaves every party to its own values. Takes true or false;
   * true if not set.
   */
  public HomoOneHotEncoder needAlignment(boolean value) {
    parameter("need_alignment", value);
    return this;
  }
}
