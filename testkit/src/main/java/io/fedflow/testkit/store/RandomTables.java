package io.fedflow.testkit.store;

import io.fedflow.data.Digests;
import io.fedflow.data.TableEntry;
import io.fedflow.spi.TableStore;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Tables that seeds repeat, with names and values that hurt. */
final class RandomTables {

  /** Rows of which each can be told from its number. */
  static final TableSchema NUMBERED =
      new TableSchema(
          TableKind.RAW, "id", List.of(ColumnSpec.text("t"), ColumnSpec.feature("x", "x0")), ",");

  private static final int GROUP = 1_000;

  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.NaN,
    Double.longBitsToDouble(0x7ff8_0000_0000_0123L),
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    1e300
  };

  private RandomTables() {}

  static Table of(Random random) {
    int rows = random.nextInt(20);
    String[] ids = new String[rows];
    Arrays.setAll(ids, i -> i + text(random));
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      ColumnSpec.Type type = ColumnSpec.Type.values()[random.nextInt(3)];
      ColumnSpec.Use use = ColumnSpec.Use.values()[random.nextInt(4)];
      // Names may be empty, stand twice, or differ in case only.
      String name = random.nextInt(3) == 0 ? text(random) : random.nextBoolean() ? "x" : "X";
      specs.add(new ColumnSpec(name, type, use, text(random)));
      columns.add(type == ColumnSpec.Type.TEXT ? texts(random, rows) : numbers(random, rows));
    }
    TableKind kind = TableKind.values()[random.nextInt(3)];
    return new Table(new TableSchema(kind, text(random), specs, text(random)), ids, columns);
  }

  private static Column texts(Random random, int rows) {
    String[] values = new String[rows];
    Arrays.setAll(values, i -> random.nextInt(10) == 0 ? text(random).repeat(500) : text(random));
    return new Column.Texts(values);
  }

  private static Column numbers(Random random, int rows) {
    double[] values = new double[rows];
    Arrays.setAll(
        values,
        i ->
            random.nextBoolean()
                ? SPECIAL[random.nextInt(SPECIAL.length)]
                : random.nextGaussian() * 1000);
    return new Column.Numbers(values);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> text.append((char) ('a' + random.nextInt(26)));
        case 1 -> text.append((char) (0x4e00 + random.nextInt(1000)));
        case 2 -> text.appendCodePoint(0x1f600 + random.nextInt(60));
        default -> text.append((char) random.nextInt(128));
      }
    }
    return text.toString();
  }

  /** So many rows of {@link #NUMBERED}. */
  static TableSource numbered(int rows) {
    return new TableSource() {

      private int given;

      @Override
      public TableSchema schema() {
        return NUMBERED;
      }

      @Override
      public Optional<Table> next() {
        int count = Math.min(GROUP, rows - given);
        if (count == 0) {
          return Optional.empty();
        }
        String[] ids = new String[count];
        String[] texts = new String[count];
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++, given++) {
          ids[i] = id(given);
          texts[i] = textOf(given);
          numbers[i] = given / 3.0;
        }
        return Optional.of(
            new Table(
                NUMBERED, ids, List.of(new Column.Texts(texts), new Column.Numbers(numbers))));
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  static boolean isNumbered(Table group, int row, int number) {
    return group.ids()[row].equals(id(number))
        && group.column(0).textAt(row).equals(textOf(number))
        && ((Column.Numbers) group.column(1)).values()[row] == number / 3.0;
  }

  private static String id(int number) {
    return "id-of-a-person-" + number;
  }

  private static String textOf(int number) {
    return number % 5 == 0 ? "" : "v" + number;
  }

  /** A table of many columns. */
  static Table wide(int columns, int rows) {
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      double[] numbers = new double[rows];
      int column = i;
      Arrays.setAll(numbers, row -> row * 31.0 + column);
      specs.add(ColumnSpec.feature("x" + i, ""));
      values.add(new Column.Numbers(numbers));
    }
    String[] ids = new String[rows];
    Arrays.setAll(ids, Integer::toString);
    return new Table(new TableSchema(TableKind.INSTANCE, "id", specs, ","), ids, values);
  }

  /** Rows that end with a failure. */
  static TableSource failing(TableSource rows, Exception failure) {
    return new TableSource() {

      @Override
      public TableSchema schema() {
        return rows.schema();
      }

      @Override
      public Optional<Table> next() throws IOException {
        Optional<Table> group = rows.next();
        if (group.isEmpty()) {
          if (failure instanceof IOException io) {
            throw io;
          }
          throw (RuntimeException) failure;
        }
        return group;
      }

      @Override
      public void close() throws IOException {
        rows.close();
      }
    };
  }

  /** What the catalog would say of a table. */
  static TableEntry entry(String key, TableSchema schema, TableStore.Written written) {
    return new TableEntry(
        "space",
        "name",
        schema,
        written.rowCount(),
        1,
        key,
        written.digest(),
        written.byteCount(),
        "upload",
        1,
        Map.of());
  }

  /** Bytes cut short, with one more, or with one changed. */
  static byte[] damaged(byte[] whole, Random random) {
    switch (random.nextInt(4)) {
      case 0:
        return Arrays.copyOf(whole, random.nextInt(whole.length));
      case 1:
        return Arrays.copyOf(whole, whole.length + 1);
      default:
        byte[] spoilt = whole.clone();
        spoilt[random.nextInt(whole.length)] ^= (byte) (1 + random.nextInt(255));
        return spoilt;
    }
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Digests.sha256().digest(bytes));
  }
}
