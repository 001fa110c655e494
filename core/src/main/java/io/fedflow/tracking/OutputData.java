package io.fedflow.tracking;

/**
 * One output table of a task at a party.
 *
 * @param dataName the DSL's name of the output
 * @param namespace where it is stored
 * @param name its name there
 * @param rowCount how many rows
 */
public record OutputData(String dataName, String namespace, String name, long rowCount) {}
