package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;

/** {@code Scorecard} in a pipeline. Not thread-safe. */
public final class Scorecard extends PipelineComponent {

  /** A component of this name, without parameters. */
  public Scorecard(String name) {
    super(name, "Scorecard", ComponentOutputs.DATA);
    provider("fate");
  }

  /** Sets {@code method}: how scores are made. Takes a text of [credit]; "credit" if not set. */
  public Scorecard method(String value) {
    parameter("method", value);
    return this;
  }

  /**
   * Sets {@code offset}: the score of a probability of one half. Takes a number &gt;= 0; 500.0 if
   * not set.
   */
  public Scorecard offset(double value) {
    parameter("offset", value);
    return this;
  }

  /**
   * Sets {@code factor}: what a score gains when the odds grow by the base. Takes a number &gt;= 0;
   * 20.0 if not set.
   */
  public Scorecard factor(double value) {
    parameter("factor", value);
    return this;
  }

  /**
   * Sets {@code factor_base}: the base of the logarithm of the odds. Takes a number &gt; 0; 2.0 if
   * not set.
   */
  public Scorecard factorBase(double value) {
    parameter("factor_base", value);
    return this;
  }

  /**
   * Sets {@code upper_limit_ratio}: the largest score by offset. Takes a number &gt;= 0; 3.0 if not
   * set.
   */
  public Scorecard upperLimitRatio(double value) {
    parameter("upper_limit_ratio", value);
    return this;
  }

  /** Sets {@code lower_limit_value}: the smallest score. Takes a number; 0.0 if not set. */
  public Scorecard lowerLimitValue(double value) {
    parameter("lower_limit_value", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public Scorecard needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
