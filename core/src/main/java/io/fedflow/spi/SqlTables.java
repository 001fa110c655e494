package io.fedflow.spi;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads tables of databases as raw tables. Who calls it has checked that the database may be asked.
 * Blocking; thread-safe. Found by {@link java.util.ServiceLoader}.
 */
public interface SqlTables {

  /** Reads none. */
  SqlTables NONE =
      new SqlTables() {

        @Override
        public Set<String> engines() {
          return Set.of();
        }

        @Override
        public TableSource open(Source source, TableFiles.Layout layout) {
          throw FedflowException.invalid(
              "sql.engine",
              "engine: found "
                  + source.engine()
                  + ", this server can read no database; it needs fedflow-storage-jdbc on its"
                  + " class path");
        }
      };

  /** FATE's names of the databases that can be read, upper case. */
  Set<String> engines();

  /**
   * Opens a table in one transaction that only reads.
   *
   * @return its rows, in the memory of some of them; closing them ends the connection
   * @throws FedflowException here or from the rows: {@code sql.…} (INVALID) if the table is not
   *     there or holds what a table cannot; {@code sql.unreachable} (UNAVAILABLE) if the database
   *     does not answer; {@code sql.timeout} (EXHAUSTED) if reading takes too long
   */
  TableSource open(Source source, TableFiles.Layout layout) throws IOException;

  /**
   * A table of a database. Its text shows no password.
   *
   * @param engine FATE's name of the database, upper case
   * @param host a checked name or address
   * @param port 1..65535
   * @param database 1..63 letters, digits, {@code _} and {@code -}: it becomes part of a URL
   * @param user empty for none
   * @param password empty for none
   * @param table its name; one of another schema is {@code schema.table}
   * @param columns which to read, in this order; empty for all
   * @param patience how long reading may take altogether
   */
  record Source(
      String engine,
      String host,
      int port,
      String database,
      String user,
      String password,
      String table,
      List<String> columns,
      Duration patience) {

    private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    private static final Pattern TABLE =
        Pattern.compile("[^\\p{Cntrl}.\"]{1,63}(\\.[^\\p{Cntrl}.\"]{1,63})?");

    /**
     * Checks what becomes part of URLs and statements.
     *
     * @throws FedflowException {@code argument.type}
     */
    public Source {
      columns = List.copyOf(columns);
      if (!DATABASE.matcher(database).matches()) {
        throw FedflowException.invalid(
            "argument.type",
            "address/db: found another name, allowed 1..63 letters, digits, '_' and '-'");
      }
      if (!TABLE.matcher(table).matches()) {
        throw FedflowException.invalid(
            "argument.type",
            "address/name: found another name, allowed table or schema.table, each of 1..63"
                + " characters without quotes and control characters");
      }
    }

    @Override
    public String toString() {
      return engine + " " + host + ':' + port + '/' + database + " table " + table;
    }
  }
}
