package io.fedflow.components.pipeline;

import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;

/** {@code HeteroPearson} in a pipeline. Not thread-safe. */
public final class HeteroPearson extends PipelineComponent {

  /** A component of this name, without parameters. */
  public HeteroPearson(String name) {
    super(name, "HeteroPearson", ComponentOutputs.MODEL);
    provider("fate");
  }

  /**
   * Sets {@code column_names}: names of further columns to correlate. Takes an array or null; null
   * if not set.
   */
  public HeteroPearson columnNames(List<?> value) {
    parameter("column_names", value);
    return this;
  }

  /**
   * Sets {@code column_indexes}: positions of the columns to correlate; -1 for all. Takes an
   * integer or an array or null; null if not set.
   */
  public HeteroPearson columnIndexes(Object value) {
    parameter("column_indexes", value);
    return this;
  }

  /**
   * Sets {@code cross_parties}: whether guest and first host correlate their columns. Takes true or
   * false; true if not set.
   */
  public HeteroPearson crossParties(boolean value) {
    parameter("cross_parties", value);
    return this;
  }

  /** Sets {@code need_run}: false measures nothing. Takes true or false; true if not set. */
  public HeteroPearson needRun(boolean value) {
    parameter("need_run", value);
    return this;
  }

  /**
   * Sets {@code use_mix_rand}: of no effect: the protocol needs no such numbers. Takes true or
   * false; false if not set.
   */
  public HeteroPearson useMixRand(boolean value) {
    parameter("use_mix_rand", value);
    return this;
  }

  /**
   * Sets {@code calc_local_vif}: whether variance inflation factors are computed. Takes true or
   * false; true if not set.
   */
  public HeteroPearson calcLocalVif(boolean value) {
    parameter("calc_local_vif", value);
    return this;
  }

  /**
   * Sets {@code fixpoint_bit_length}: bits of the guest's Paillier key. Takes an integer &gt;= 1024
   * &lt;= 8192; 2048 if not set.
   */
  public HeteroPearson fixpointBitLength(long value) {
    parameter("fixpoint_bit_length", value);
    return this;
  }
}
