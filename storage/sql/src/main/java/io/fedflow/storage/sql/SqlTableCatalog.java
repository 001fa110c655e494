package io.fedflow.storage.sql;

import io.fedflow.data.TableEntry;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.TableCatalog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Table entries over SQL. */
final class SqlTableCatalog implements TableCatalog {

  private static final String DELETE = TableRows.TABLE.deleteReturning();
  private static final String PUT = TableRows.TABLE.put();
  private static final String NEWEST_FIRST = "create_time DESC, namespace, name";

  private final SqlEngine sql;
  private final TableRows rows;

  SqlTableCatalog(SqlEngine sql, Trees json) {
    this.sql = sql;
    this.rows = new TableRows(json);
  }

  @Override
  public CompletionStage<Optional<TableEntry>> put(TableEntry entry) {
    return replacing(
        Step.returning(DELETE, key(entry.namespace(), entry.name())),
        Step.any(PUT, rows.args(entry)));
  }

  @Override
  public CompletionStage<Optional<TableEntry>> find(String namespace, String name) {
    return sql.find(TableRows.TABLE.find(), key(namespace, name).list(), rows::row);
  }

  @Override
  public CompletionStage<List<TableEntry>> list(String namespace, int offset, int limit) {
    StoreRules.checkPage(offset, limit, StoreRules.MAX_ROWS);
    Where where = new Where();
    if (!namespace.isEmpty()) {
      where.among("namespace", List.of(namespace));
    }
    String statement = where.sql(TableRows.TABLE.select(), NEWEST_FIRST, offset, limit);
    return sql.read(statement, where.args(), rows::row);
  }

  @Override
  public CompletionStage<Optional<TableEntry>> delete(String namespace, String name) {
    return replacing(Step.returning(DELETE, key(namespace, name)));
  }

  private CompletionStage<Optional<TableEntry>> replacing(Step... steps) {
    return sql.change(new Change<>(List.of(steps), rows::row))
        .thenApply(replaced -> replaced.stream().findFirst());
  }

  private static Args key(String namespace, String name) {
    return new Args().text(namespace).text(name);
  }
}
