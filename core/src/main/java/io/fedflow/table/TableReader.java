package io.fedflow.table;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a table file group by group. The checksum is known at the end only: rows that came before
 * are right if the end came without a failure.
 */
public final class TableReader implements TableSource {

  private static final int STEP = 1 << 12;

  private final InputStream in;
  private final TableInput input;
  private final TableSchema schema;
  private int rows;
  private boolean ended;

  /**
   * Begins a file, which the reader closes.
   *
   * @throws io.fedflow.failure.FedflowException {@code table.damaged} if it begins as none
   */
  public TableReader(InputStream in) throws IOException {
    this.in = in;
    this.input = new TableInput(in);
    try {
      this.schema = begin();
    } catch (EOFException cut) {
      throw TableFormat.damaged("it is cut short");
    }
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.fedflow.failure.FedflowException {@code table.damaged} if the bytes are not a whole,
   *     undamaged table file
   */
  @Override
  public Optional<Table> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    try {
      int count = input.count(TableFormat.MAX_ROWS - rows);
      if (count == 0) {
        end();
        ended = true;
        return Optional.empty();
      }
      rows += count;
      return Optional.of(group(count));
    } catch (EOFException cut) {
      throw TableFormat.damaged("it is cut short");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private TableSchema begin() throws IOException {
    if (input.integer() != TableFormat.MAGIC) {
      throw TableFormat.damaged("it does not start with the magic FFT2");
    }
    TableKind kind = one(TableKind.values());
    String idName = input.text();
    String delimiter = input.text();
    List<ColumnSpec> specs = new ArrayList<>();
    for (int left = input.count(TableFormat.MAX_COLUMNS); left > 0; left--) {
      specs.add(
          new ColumnSpec(
              input.text(),
              one(ColumnSpec.Type.values()),
              one(ColumnSpec.Use.values()),
              input.text()));
    }
    return new TableSchema(kind, idName, specs, delimiter);
  }

  private Table group(int count) throws IOException {
    String[] ids = texts(count);
    List<Column> columns = new ArrayList<>();
    for (ColumnSpec spec : schema.columns()) {
      columns.add(
          spec.type() == ColumnSpec.Type.TEXT
              ? new Column.Texts(texts(count))
              : new Column.Numbers(numbers(count)));
    }
    return new Table(schema, ids, columns);
  }

  private void end() throws IOException {
    int expected = input.checksum();
    if (input.integer() != expected) {
      throw TableFormat.damaged("its checksum does not match");
    }
    if (!input.atEnd()) {
      throw TableFormat.damaged("it goes on after its checksum");
    }
  }

  private <E> E one(E[] values) throws IOException {
    return values[TableFormat.bounded(input.octet(), values.length)];
  }

  // Grown in steps: a damaged count must not allocate what the file cannot hold.

  private double[] numbers(int count) throws IOException {
    double[] values = new double[Math.min(count, STEP)];
    for (int i = 0; i < count; i++) {
      if (i == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(count, 2L * i));
      }
      values[i] = input.number();
    }
    return values;
  }

  private String[] texts(int count) throws IOException {
    String[] values = new String[Math.min(count, STEP)];
    for (int i = 0; i < count; i++) {
      if (i == values.length) {
        values = Arrays.copyOf(values, (int) Math.min(count, 2L * i));
      }
      values[i] = input.text();
    }
    return values;
  }
}
