package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;
import java.util.Map;

/** {@code LabelTransform} in a pipeline. Not thread-safe. */
public final class LabelTransform extends PipelineComponent {

  /** A component of this name, without parameters. */
  public LabelTransform(String name) {
    super(name, "LabelTransform", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code label_encoder}: label to what it becomes; null numbers the sorted labels from 0.
   * Takes an object or null; null if not set.
   */
  public LabelTransform labelEncoder(Map<String, ?> value) {
    parameter("label_encoder", value);
    return this;
  }

  /**
   * Sets {@code label_list}: the labels that label_encoder names, as numbers or texts. Takes an
   * array or null; null if not set.
   */
  public LabelTransform labelList(List<?> value) {
    parameter("label_list", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public LabelTransform needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
