package io.fedflow.benchmarks.storage;

import io.fedflow.benchmarks.edge.Folders;
import io.fedflow.data.PlainTableStore;
import io.fedflow.data.TableEntry;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TableEngine;
import io.fedflow.spi.TableStore;
import io.fedflow.storage.sqlite.SqliteStores;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Writes a table of numbers and reads all of it, in the plain format and as Parquet files, beside a
 * sum over arrays that are in memory already.
 *
 * <p>Arguments: rows, default 2,000,000; columns, default 10.
 */
public final class TableScanBenchmark {

  private static final int GROUP = 1 << 10;
  private static final int ROUNDS = 3;
  private static final long ENGINE_BYTES = 512L << 20;

  private final int rows;
  private final TableSchema schema;

  private TableScanBenchmark(int rows, int columns) {
    this.rows = rows;
    this.schema =
        new TableSchema(
            TableKind.INSTANCE,
            "id",
            IntStream.range(0, columns).mapToObj(i -> ColumnSpec.feature("x" + i, "")).toList(),
            ",");
  }

  /** Prints a line for each round. */
  public static void main(String[] arguments) throws Exception {
    TableScanBenchmark benchmark =
        new TableScanBenchmark(
            arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000_000,
            arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10);
    Path folder = Files.createTempDirectory("fedflow-scan");
    try (Stores stores = SqliteStores.open(folder, new JacksonJsonCodec())) {
      benchmark.arrays();
      benchmark.store("plain", new PlainTableStore(stores.blobs()));
      benchmark.parquet(stores.blobs(), folder.resolve("scratch"));
    } finally {
      Folders.delete(folder);
    }
  }

  private void parquet(BlobStore blobs, Path scratch) throws Exception {
    for (TableEngine.Provider provider : ServiceLoader.load(TableEngine.Provider.class)) {
      try (TableEngine engine = provider.open(new TableEngine.Settings(scratch, ENGINE_BYTES))) {
        store(provider.name(), engine.store(blobs));
      }
    }
  }

  private void store(String name, TableStore tables) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      String key = "table/" + name + round;
      long start = System.nanoTime();
      TableStore.Written written = tables.write(key, new Numbers());
      double wrote = seconds(start);
      TableEntry entry =
          new TableEntry(
              "scan",
              "t",
              schema,
              written.rowCount(),
              1,
              key,
              written.digest(),
              written.byteCount(),
              "upload",
              0,
              Map.of());
      start = System.nanoTime();
      double sum = 0;
      long read = 0;
      try (TableSource source = tables.open(entry)) {
        for (Optional<Table> group = source.next(); group.isPresent(); group = source.next()) {
          read += group.get().rowCount();
          for (Column column : group.get().columns()) {
            sum += sum(((Column.Numbers) column).values());
          }
        }
      }
      if (read != rows) {
        throw new IllegalStateException("read " + read + " rows of " + rows);
      }
      say(
          "%s, %d columns: written %.0f rows/s, scanned %.0f rows/s, %d MB (sum %.3f)",
          name,
          schema.columns().size(),
          rows / wrote,
          rows / seconds(start),
          written.byteCount() >> 20,
          sum);
      tables.delete(key);
    }
  }

  private void arrays() throws IOException {
    List<double[]> columns = new ArrayList<>();
    schema.columns().forEach(column -> columns.add(new double[rows]));
    int at = 0;
    Numbers numbers = new Numbers();
    for (Optional<Table> group = numbers.next(); group.isPresent(); group = numbers.next()) {
      for (int i = 0; i < columns.size(); i++) {
        double[] values = ((Column.Numbers) group.get().column(i)).values();
        System.arraycopy(values, 0, columns.get(i), at, values.length);
      }
      at += group.get().rowCount();
    }
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      double sum = columns.stream().mapToDouble(TableScanBenchmark::sum).sum();
      say("arrays in memory: scanned %.0f rows/s (sum %.3f)", rows / seconds(start), sum);
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The same numbers each time. */
  private final class Numbers implements TableSource {

    private final SplittableRandom random = new SplittableRandom(7);
    private int given;

    @Override
    public TableSchema schema() {
      return schema;
    }

    @Override
    public Optional<Table> next() {
      int count = Math.min(GROUP, rows - given);
      if (count == 0) {
        return Optional.empty();
      }
      String[] ids = new String[count];
      for (int i = 0; i < count; i++) {
        ids[i] = "u" + (given + i);
      }
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < schema.columns().size(); i++) {
        columns.add(new Column.Numbers(random.doubles(count).toArray()));
      }
      given += count;
      return Optional.of(new Table(schema, ids, columns));
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
