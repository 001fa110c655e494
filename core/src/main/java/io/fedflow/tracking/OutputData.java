package io.fedflow.tracking;

/**
 * One output table of a task at a party.
 *
 * @param dataName the DSL's name of the output
 * @param namespace where it is stored; empty once it was dropped
 * @param name its name there; empty once it was dropped
 * @param rowCount how many rows it has or had
 */
public record OutputData(String dataName, String namespace, String name, long rowCount) {

  /** Whether the table is not kept any more. */
  public boolean isDropped() {
    return namespace.isEmpty();
  }

  /** The same output after its table was dropped. */
  public OutputData dropped() {
    return new OutputData(dataName, "", "", rowCount);
  }
}
