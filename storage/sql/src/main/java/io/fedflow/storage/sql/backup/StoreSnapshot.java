package io.fedflow.storage.sql.backup;

import io.fedflow.storage.sql.Migration;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The rows of a database as they were at one moment, whatever is written meanwhile. Blocking; for
 * one thread.
 */
public interface StoreSnapshot extends AutoCloseable {

  /** Rows that only the running servers need, or that the database makes of others by itself. */
  List<String> FLEETING =
      List.of("schema_migration", "site_server", "site_instance", "job_owner", "job_count");

  /** Which kind of store: a backup is restored into the same kind. */
  String kind();

  /** Names the store for people, without a password. */
  String place();

  /** Which migrations it has, by number. */
  List<Migration.Applied> applied() throws IOException;

  /** The names of all tables but the {@link #FLEETING}, sorted. */
  List<String> tables() throws IOException;

  /** The columns of a table, in order. */
  List<String> columns(String table) throws IOException;

  /**
   * Gives every row of a table, each as texts, {@code Long}s and {@code byte[]}s in the order of
   * the columns.
   */
  void rows(String table, RowSink sink) throws IOException;

  /** Gives every blob that lies outside the rows, named by the hex SHA-256 of its key. */
  void blobs(BlobSink sink) throws IOException;

  /**
   * Opens the blob of a key.
   *
   * @throws io.fedflow.failure.FedflowException {@code blob.unknown} if there is none
   */
  InputStream blob(String key) throws IOException;

  /** What the database itself finds wrong with its files; empty for nothing. */
  List<String> damage() throws IOException;

  @Override
  void close();

  /** Takes rows. */
  @FunctionalInterface
  interface RowSink {
    /** Takes one row; the list is not used again. */
    void row(List<Object> values) throws IOException;
  }

  /** Takes blobs. */
  @FunctionalInterface
  interface BlobSink {
    /** Takes one blob; the stream is closed by whoever gave it. */
    void blob(String name, InputStream content) throws IOException;
  }
}
