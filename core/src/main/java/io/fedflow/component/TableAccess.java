package io.fedflow.component;

import io.fedflow.table.Table;
import io.fedflow.table.TableSource;

/** Tables of the task's own party, for components that read stored data by name. */
public interface TableAccess {

  /**
   * Reads an uploaded table.
   *
   * @throws io.fedflow.failure.FedflowException {@code table.unknown} if this party has no such
   *     table
   */
  Table read(String namespace, String name);

  /**
   * Reads the output of an earlier task of the same party.
   *
   * @throws io.fedflow.failure.FedflowException {@code table.unknown} if there is none
   */
  Table readOutput(String jobId, String component, String dataName);

  /**
   * Opens what {@link #read} reads, to be read in the memory of some of its rows.
   *
   * @throws io.fedflow.failure.FedflowException {@code table.unknown} if this party has no such
   *     table
   */
  default TableSource open(String namespace, String name) {
    return TableSource.of(read(namespace, name));
  }

  /**
   * Opens what {@link #readOutput} reads, to be read in the memory of some of its rows.
   *
   * @throws io.fedflow.failure.FedflowException {@code table.unknown} if there is none
   */
  default TableSource openOutput(String jobId, String component, String dataName) {
    return TableSource.of(readOutput(jobId, component, dataName));
  }
}
