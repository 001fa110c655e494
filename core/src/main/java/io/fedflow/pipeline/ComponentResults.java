package io.fedflow.pipeline;

import io.fedflow.spi.JobInvoker;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What a component of an ended job made at the initiator. Thread-safe. */
public final class ComponentResults {

  private final JobInvoker invoker;
  private final JobInvoker.Part part;

  ComponentResults(JobInvoker invoker, JobInvoker.Part part) {
    this.invoker = invoker;
    this.part = part;
  }

  /** The summary; empty if it gave none. */
  public CompletionStage<Map<String, Object>> summary() {
    return invoker.summary(part);
  }

  /** What it learned; empty if it learned nothing. */
  public CompletionStage<Map<String, Object>> modelParameters() {
    return invoker.modelParameters(part);
  }

  /** Where its tables are stored, by the names of its outputs. */
  public CompletionStage<Map<String, JobInvoker.StoredTable>> outputTables() {
    return invoker.outputTables(part);
  }

  /**
   * The rows of its tables, by the names of its outputs.
   *
   * @param limit how many rows of each at most; -1 for all
   */
  public CompletionStage<Map<String, JobInvoker.Rows>> outputData(int limit) {
    return invoker.outputData(part, limit);
  }
}
