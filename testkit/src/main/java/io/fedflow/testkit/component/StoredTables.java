package io.fedflow.testkit.component;

import io.fedflow.component.TableAccess;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import java.util.Map;

record StoredTables(Map<String, Table> tables) implements TableAccess {

  @Override
  public Table read(String namespace, String name) {
    return find(namespace + '/' + name);
  }

  @Override
  public Table readOutput(String jobId, String component, String dataName) {
    return find(jobId + '/' + component + '/' + dataName);
  }

  private Table find(String key) {
    Table table = tables.get(key);
    if (table == null) {
      throw FedflowException.invalid(
          "table.unknown", "table " + key + " is unknown; known are " + tables.keySet());
    }
    return table;
  }
}
