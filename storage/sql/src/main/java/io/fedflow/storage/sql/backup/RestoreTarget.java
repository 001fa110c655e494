package io.fedflow.storage.sql.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * An empty store that a backup is restored into: all of it, or nothing. Blocking; for one thread.
 */
public interface RestoreTarget extends AutoCloseable {

  /** Which kind of store. */
  String kind();

  /** Takes a blob that lies outside the rows. */
  void blob(String name, InputStream content) throws IOException;

  /** Takes rows of a table; each is as {@link StoreSnapshot#rows} gave it. */
  void rows(String table, List<String> columns, List<List<Object>> rows) throws IOException;

  /** Makes everything durable and visible. */
  void commit() throws IOException;

  /** Drops everything that was not committed. */
  @Override
  void close();
}
