package io.fedflow.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A table that the jobs of a suite read. Immutable.
 *
 * @param namespace the table's namespace
 * @param name the table's name
 * @param role who holds it: {@code guest_0} is the first guest; empty for whoever is asked
 * @param file where its rows are; empty if they are not to be had
 * @param lacking why they are not to be had; empty if they are
 * @param settings what an upload says besides the file, in FATE's words
 */
record SuiteTable(
    String namespace,
    String name,
    String role,
    Optional<Path> file,
    String lacking,
    Map<String, Object> settings) {

  /** Copies the settings. */
  SuiteTable {
    settings = Map.copyOf(settings);
  }

  /** How confs name it. */
  SuiteTableName tableName() {
    return new SuiteTableName(namespace, name);
  }
}
