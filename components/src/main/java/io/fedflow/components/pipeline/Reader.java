package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.Map;

/** {@code Reader} in a pipeline. Not thread-safe. */
public final class Reader extends PipelineComponent {

  /** A component of this name, without parameters. */
  public Reader(String name) {
    super(name, "Reader", ComponentOutputs.DATA);
    provider("fate_flow");
  }

  /**
   * Sets {@code table}: the table to read: an object with the texts name and namespace, or with the
   * texts job_id, component_name and data_name. Takes an object or null; null if not set.
   */
  public Reader table(Map<String, ?> value) {
    parameter("table", value);
    return this;
  }
}
