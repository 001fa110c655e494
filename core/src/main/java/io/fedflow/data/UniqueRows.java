package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Stores rows whose ids may repeat, in bounded memory: they are read once, and once more without
 * those that a later row replaces if there are any. Blocking.
 */
public final class UniqueRows {

  private UniqueRows() {}

  /** Rows that can be opened twice, and are the same both times. */
  @FunctionalInterface
  public interface Rows {
    /** Opens them at their beginning. */
    TableSource open() throws IOException;
  }

  /** Rows that tell their ids themselves, and leave some of them out. */
  @FunctionalInterface
  interface ListenedRows {
    TableSource open(CsvSource.IdListener listener, BitSet leftOut) throws IOException;
  }

  /**
   * Stores rows as a table.
   *
   * @param folder for temporary files
   * @throws FedflowException {@code csv.duplicate} if an id repeats and may not, what the rows
   *     refuse, or if the table cannot be stored; nothing is stored then
   */
  public static CsvTables.Stored store(
      DataManager data,
      DataManager.StoreRequest request,
      Rows rows,
      CsvFormat.Duplicates duplicates,
      Path folder)
      throws IOException {
    return store(
        data,
        request,
        (listener, leftOut) -> new Told(rows.open(), listener, leftOut),
        duplicates,
        folder);
  }

  static CsvTables.Stored store(
      DataManager data,
      DataManager.StoreRequest request,
      ListenedRows listened,
      CsvFormat.Duplicates duplicates,
      Path folder)
      throws IOException {
    try (RepeatedIds ids = new RepeatedIds(folder)) {
      try (TableSource rows = new Checked(listened.open(ids, new BitSet()), ids, duplicates)) {
        return new CsvTables.Stored(data.store(request, rows), 0);
      } catch (Repeated repeated) {
        BitSet replaced = ids.replaced();
        try (TableSource rows = listened.open(new Deaf(), replaced)) {
          return new CsvTables.Stored(data.store(request, rows), replaced.cardinality());
        }
      }
    }
  }

  static void refuseIfAsked(RepeatedIds ids, CsvFormat.Duplicates duplicates) {
    RepeatedIds.Repetition first = ids.first();
    if (first != null && duplicates == CsvFormat.Duplicates.REFUSE) {
      throw FedflowException.invalid(
          "csv.duplicate",
          "data row "
              + (first.row() + 1)
              + ": its id stands in data row "
              + (first.earlier() + 1)
              + " already; ids must differ when duplicate_ids is error");
    }
  }

  /** Takes back a table whose ids turned out to repeat. Carries no stack. */
  private static final class Repeated extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Repeated() {
      super("ids repeat", null, false, false);
    }
  }

  /** Rows that end with a failure if ids repeat. */
  private record Checked(TableSource rows, RepeatedIds ids, CsvFormat.Duplicates duplicates)
      implements TableSource {

    @Override
    public TableSchema schema() {
      return rows.schema();
    }

    @Override
    public Optional<Table> next() throws IOException {
      Optional<Table> group = rows.next();
      if (ids.first() != null) {
        refuseIfAsked(ids, duplicates);
        throw new Repeated();
      }
      return group;
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }

  /** Any rows, whose ids are told, and some of which are left out. */
  private static final class Told implements TableSource {

    private final TableSource rows;
    private final CsvSource.IdListener listener;
    private final BitSet leftOut;
    private int read;
    private boolean ended;

    Told(TableSource rows, CsvSource.IdListener listener, BitSet leftOut) {
      this.rows = rows;
      this.listener = listener;
      this.leftOut = leftOut;
    }

    @Override
    public TableSchema schema() {
      return rows.schema();
    }

    @Override
    public Optional<Table> next() throws IOException {
      while (!ended) {
        Optional<Table> group = rows.next();
        if (group.isEmpty()) {
          ended = true;
          listener.end();
          break;
        }
        Table kept = told(group.get());
        if (kept.rowCount() > 0) {
          return Optional.of(kept);
        }
      }
      return Optional.empty();
    }

    private Table told(Table group) throws IOException {
      for (String id : group.ids()) {
        listener.id(id);
      }
      int from = read;
      read += group.rowCount();
      int dropped = leftOut.get(from, read).cardinality();
      return dropped == 0
          ? group
          : group.select(
              IntStream.range(0, group.rowCount())
                  .filter(row -> !leftOut.get(from + row))
                  .toArray());
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }

  /** The ids are known. */
  private static final class Deaf implements CsvSource.IdListener {

    @Override
    public void id(String id) {
      // Known from the first reading.
    }

    @Override
    public void end() {
      // Known from the first reading.
    }
  }
}
