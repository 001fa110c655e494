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
    this.rows = new TableReader(digesting);
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
      throw FedflowException.invalid(
          "table.damaged",
          "table "
              + entry.namespace()
              + "."
              + entry.name()
              + " is damaged: its digest does not match; upload it again");
    }
    return group;
  }

  private Optional<Table> group() {
    try {
      return rows.next();
    } catch (IOException failed) {
      throw StoredDataManager.unavailable("read", entry.namespace(), entry.name(), failed);
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
