package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;

/** {@code Evaluation} in a pipeline. Not thread-safe. */
public final class Evaluation extends PipelineComponent {

  /** A component of this name, without parameters. */
  public Evaluation(String name) {
    super(name, "Evaluation", ComponentOutputs.DATA);
    provider("fate");
  }

  /**
   * Sets {@code eval_type}: kind of the predictions. Takes a text of [binary, multi, regression,
   * clustering]; "binary" if not set.
   */
  public Evaluation evalType(String value) {
    parameter("eval_type", value);
    return this;
  }

  /**
   * Sets {@code pos_label}: binary: this label counts as 1, all others as 0; 0 or an empty text
   * takes labels as they are. Takes a number or a text or null; 1 if not set.
   */
  public Evaluation posLabel(Object value) {
    parameter("pos_label", value);
    return this;
  }

  /**
   * Sets {@code metrics}: what to measure; null for all metrics of the type. Takes an array or
   * null; null if not set.
   */
  public Evaluation metrics(List<?> value) {
    parameter("metrics", value);
    return this;
  }

  /** Sets {@code need_run}: false measures nothing. Takes true or false; true if not set. */
  public Evaluation needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }

  /**
   * Sets {@code run_clustering_arbiter_metric}: clustering: whether the arbiter, which has the
   * distances, measures too. Takes true or false; false if not set.
   */
  public Evaluation runClusteringArbiterMetric(boolean value) {
    parameter("run_clustering_arbiter_metric", value);
    return this;
  }

  /**
   * Sets {@code unfold_multi_result}: multi: also auc and ks per class; not supported yet. Takes
   * true or false; false if not set.
   */
  public Evaluation unfoldMultiResult(boolean value) {
    parameter("unfold_multi_result", value);
    return this;
  }
}
