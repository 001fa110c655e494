package io.fedflow.storage.postgres;

import io.fedflow.storage.sql.SqlRow;
import io.vertx.sqlclient.Row;

/** One row as the client gives it. */
record ResultRow(Row row) implements SqlRow {

  @Override
  public String text(int position) {
    return row.getString(position);
  }

  @Override
  public long number(int position) {
    return row.getLong(position);
  }
}
