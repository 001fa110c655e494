package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;

/** {@code HeteroDataSplit} in a pipeline. Not thread-safe. */
public final class HeteroDataSplit extends PipelineComponent {

  /** A component of this name, without parameters. */
  public HeteroDataSplit(String name) {
    super(name, "HeteroDataSplit", ComponentOutputs.SPLIT);
    provider("fate");
  }

  /**
   * Sets {@code random_state}: seed of the choice of rows; null takes the job's. Takes an integer
   * or null; null if not set.
   */
  public HeteroDataSplit randomState(Long value) {
    parameter("random_state", value);
    return this;
  }

  /**
   * Sets {@code test_size}: share or number of rows to test with. Takes a number or null &gt;= 0;
   * null if not set.
   */
  public HeteroDataSplit testSize(Double value) {
    parameter("test_size", value);
    return this;
  }

  /**
   * Sets {@code train_size}: share or number of rows to train with. Takes a number or null &gt;= 0;
   * null if not set.
   */
  public HeteroDataSplit trainSize(Double value) {
    parameter("train_size", value);
    return this;
  }

  /**
   * Sets {@code validate_size}: share or number of rows to validate with. Takes a number or null
   * &gt;= 0; null if not set.
   */
  public HeteroDataSplit validateSize(Double value) {
    parameter("validate_size", value);
    return this;
  }

  /**
   * Sets {@code stratified}: whether every part gets its share of every label. Takes true or false;
   * false if not set.
   */
  public HeteroDataSplit stratified(boolean value) {
    parameter("stratified", value);
    return this;
  }

  /**
   * Sets {@code shuffle}: false cuts the rows in the order of their ids. Takes true or false; true
   * if not set.
   */
  public HeteroDataSplit shuffle(boolean value) {
    parameter("shuffle", value);
    return this;
  }

  /**
   * Sets {@code split_points}: ascending numbers that cut labels into classes for stratified. Takes
   * an array or null; null if not set.
   */
  public HeteroDataSplit splitPoints(List<?> value) {
    parameter("split_points", value);
    return this;
  }

  /**
   * Sets {@code need_run}: false hands the data on unchanged. Takes true or false; true if not set.
   */
  public HeteroDataSplit needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }
}
