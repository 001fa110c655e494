package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import io.fedflow.table.TableReader;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.Optional;

/** The rows of a stored table; their end is a failure if they are not those that were stored. */
final class VerifiedRows implements TableSource {

  private final TableEntry entry;
  private final DigestInputStream digesting;
  private final TableReader rows;
  private boolean ended;

  /** Reads a table file, and closes it. */
  VerifiedRows(InputStream in, TableEntry entry) throws IOException {
    this.entry = entry;
    this.digesting = new DigestInputStream(in, Digests.sha256());
    this.rows = named(() -> new TableReader(digesting));
  }

  @Override
  public TableSchema schema() {
    return rows.schema();
  }

  @Override
  public Optional<Table> next() {
    if (ended) {
      return Optional.empty();
    }
    Optional<Table> group = group();
    ended = group.isEmpty();
    if (ended && !Digests.hex(digesting.getMessageDigest()).equals(entry.digest())) {
      throw damaged(entry, "its digest does not match; restore it or upload it again");
    }
    return group;
  }

  private Optional<Table> group() {
    try {
      return named(rows::next);
    } catch (IOException failed) {
      throw StoredDataManager.unavailable("read", entry.namespace(), entry.name(), failed);
    }
  }

  /** A reader does not know whose file it reads. */
  private <T> T named(Reading<T> reading) throws IOException {
    try {
      return reading.run();
    } catch (FedflowException refused) {
      if (!refused.code().endsWith(".damaged")) {
        throw refused;
      }
      throw damaged(entry, refused.getMessage());
    } catch (IllegalArgumentException impossible) {
      throw damaged(entry, impossible.getMessage());
    }
  }

  /** A step of reading. */
  @FunctionalInterface
  private interface Reading<T> {
    T run() throws IOException;
  }

  /** A table whose bytes are not those that were stored. */
  static FedflowException damaged(TableEntry entry, String why) {
    return FedflowException.invalid(
        "table.damaged", "table " + entry.namespace() + "." + entry.name() + " is damaged: " + why);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
