package io.fedflow.storage.sqlite;

import io.fedflow.storage.sql.Change;
import io.fedflow.storage.sql.SqlEngine;
import io.fedflow.storage.sql.SqlRow;
import io.fedflow.storage.sql.Step;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One SQLite file: a thread that writes, and a few that read. Thread-safe. */
final class SqliteEngine implements SqlEngine, AutoCloseable {

  private static final String FIRST_OF_EACH =
      "(SELECT min(rowid) FROM job_count GROUP BY role, party_id, status)";

  /** Nobody else writes between these two. */
  private static final List<Step> SUM_NOTES =
      List.of(
          Step.any(
              "UPDATE job_count SET jobs = (SELECT sum(jobs) FROM job_count AS note"
                  + " WHERE note.role = job_count.role AND note.party_id = job_count.party_id"
                  + " AND note.status = job_count.status) WHERE rowid IN "
                  + FIRST_OF_EACH),
          Step.any("DELETE FROM job_count WHERE rowid NOT IN " + FIRST_OF_EACH));

  private final Writer writer;
  private final Readers readers;

  private SqliteEngine(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  static SqliteEngine open(Path file) {
    SqliteConnection writing = null;
    try {
      writing = SqliteConnection.writing(file);
      SqliteSchema.migrate(writing, file.toString());
      Readers readers = Readers.open(file);
      return new SqliteEngine(Writer.start(writing), readers);
    } catch (SQLException e) {
      close(writing);
      throw Failures.unavailable("database " + file + " cannot be opened", e);
    } catch (RuntimeException e) {
      close(writing);
      throw e;
    }
  }

  @Override
  public <R> CompletionStage<List<R>> change(Change<R> change) {
    return writer.submit(change);
  }

  @Override
  public void sumNotes() {
    change(SUM_NOTES);
  }

  @Override
  public <R> CompletionStage<List<R>> read(
      String sql, List<Object> args, Function<SqlRow, R> mapper) {
    return readers.read(sql, args, mapper);
  }

  /** Lets what was accepted end, then closes the file. */
  @Override
  public void close() {
    readers.close();
    writer.close();
  }

  private static void close(SqliteConnection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // Opening failed already; that failure is the one to tell.
        System.getLogger(SqliteEngine.class.getName())
            .log(System.Logger.Level.DEBUG, "closing after a failed opening", e);
      }
    }
  }
}
