package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.Map;

/** {@code LocalBaseline} in a pipeline. Not thread-safe. */
public final class LocalBaseline extends PipelineComponent {

  /** A component of this name, without parameters. */
  public LocalBaseline(String name) {
    super(name, "LocalBaseline", ComponentOutputs.DATA_AND_MODEL);
    provider("fate");
  }

  /**
   * Sets {@code model_name}: kind of model. Takes a text of [logisticregression];
   * "logisticregression" if not set.
   */
  public LocalBaseline modelName(String value) {
    parameter("model_name", value);
    return this;
  }

  /**
   * Sets {@code model_opts}: options of the model as scikit-learn names them: penalty, C, tol,
   * max_iter, solver, fit_intercept, class_weight, …. Takes an object or null; null if not set.
   */
  public LocalBaseline modelOpts(Map<String, ?> value) {
    parameter("model_opts", value);
    return this;
  }

  /** Sets {@code predict_param}: how predictions are made. Takes an object with [threshold]. */
  public LocalBaseline predictParam(Map<String, ?> value) {
    parameter("predict_param", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false trains nothing at this party. Takes true or false; true if not
   * set.
   */
  public LocalBaseline needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
