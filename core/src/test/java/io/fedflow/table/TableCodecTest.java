package io.fedflow.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Refusals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableCodecTest {

  private static byte[] write(Table table) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TableCodec.write(table, out);
    return out.toByteArray();
  }

  private static Table read(byte[] bytes) throws IOException {
    return TableCodec.read(new ByteArrayInputStream(bytes));
  }

  private static Table random(Random random) {
    int rows = random.nextInt(20);
    String[] ids = new String[rows];
    for (int i = 0; i < rows; i++) {
      ids[i] = i + Damage.text(random);
    }
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      ColumnSpec.Type type = ColumnSpec.Type.values()[random.nextInt(3)];
      ColumnSpec.Use use = ColumnSpec.Use.values()[random.nextInt(4)];
      specs.add(new ColumnSpec("c" + i + Damage.text(random), type, use, Damage.text(random)));
      columns.add(type == ColumnSpec.Type.TEXT ? texts(random, rows) : numbers(random, rows));
    }
    TableKind kind = TableKind.values()[random.nextInt(3)];
    TableSchema schema = new TableSchema(kind, Damage.text(random), specs, Damage.text(random));
    return new Table(schema, ids, columns);
  }

  private static Column texts(Random random, int rows) {
    String[] values = new String[rows];
    Arrays.setAll(values, i -> Damage.text(random));
    return new Column.Texts(values);
  }

  private static Column numbers(Random random, int rows) {
    double[] special = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 1e300};
    double[] values = new double[rows];
    Arrays.setAll(
        values,
        i ->
            random.nextBoolean()
                ? special[random.nextInt(special.length)]
                : random.nextGaussian() * 1000);
    return new Column.Numbers(values);
  }

  private static void assertSame(Table found, Table expected) {
    assertThat(found.schema()).isEqualTo(expected.schema());
    assertThat(found.ids()).isEqualTo(expected.ids());
    for (int i = 0; i < expected.columns().size(); i++) {
      if (expected.column(i) instanceof Column.Numbers numbers) {
        long[] bits =
            Arrays.stream(numbers.values()).mapToLong(Double::doubleToRawLongBits).toArray();
        double[] read = ((Column.Numbers) found.column(i)).values();
        assertThat(Arrays.stream(read).mapToLong(Double::doubleToRawLongBits).toArray())
            .isEqualTo(bits);
      } else {
        assertThat(((Column.Texts) found.column(i)).values())
            .isEqualTo(((Column.Texts) expected.column(i)).values());
      }
    }
  }

  private static void assertDamaged(byte[] bytes, String when) {
    Refusals.assertRefused("table.damaged", () -> read(bytes), when);
  }

  @Test
  void anyTableComesBackBitByBit() throws IOException {
    for (int seed = 0; seed < 2_000; seed++) {
      Table table = random(new Random(seed));
      assertSame(read(write(table)), table);
    }
  }

  @Test
  void aLargeTableComesBack() throws IOException {
    int rows = 200_000;
    String[] ids = new String[rows];
    Arrays.setAll(ids, i -> "id" + i);
    double[] values = new double[rows];
    Arrays.setAll(values, i -> i / 3.0);
    Table table =
        new Table(
            new TableSchema(TableKind.INSTANCE, "id", List.of(ColumnSpec.feature("x", "")), ","),
            ids,
            List.of(new Column.Numbers(values)));
    assertSame(read(write(table)), table);
  }

  @Test
  void noMutationGoesUnnoticed() throws IOException {
    for (int seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = write(random(random));
      assertDamaged(
          random.nextBoolean() ? Damage.mutate(bytes, random) : Damage.splice(bytes, random),
          "seed " + seed);
    }
  }

  @Test
  void noTruncationAndNoAdditionGoesUnnoticed() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      byte[] bytes = write(random(new Random(seed)));
      for (int length = 0; length < bytes.length; length++) {
        assertDamaged(Arrays.copyOf(bytes, length), seed + " cut to " + length);
      }
      assertDamaged(Arrays.copyOf(bytes, bytes.length + 1), seed + " with one byte more");
    }
  }

  @Test
  void noiseIsDamaged() {
    for (int seed = 0; seed < 5_000; seed++) {
      byte[] noise = Damage.noise(new Random(seed), 200);
      assertDamaged(noise, "seed " + seed);
      byte[] begun = Arrays.copyOf("FFT2".getBytes(), noise.length + 4);
      System.arraycopy(noise, 0, begun, 4, noise.length);
      assertDamaged(begun, "begun, seed " + seed);
    }
  }

  @Test
  void hugeCountsAllocateNothingHuge() throws IOException {
    // Magic, kind, id name, delimiter, columns: then counts that no file of this size can hold.
    assertDamaged(header((1 << 20) - 1, 0), "columns");
    assertDamaged(header(0, (1 << 30) - 1), "rows");
    assertDamaged(header(-1, 0), "fewer than no columns");
    assertDamaged(header(0, -1), "fewer than no rows");
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(text)) {
      out.writeInt(0x46465432);
      out.writeByte(0);
      count(out, (64 << 20) - 1);
    }
    assertDamaged(text.toByteArray(), "a text");
  }

  private static byte[] header(int columns, int rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0x46465432);
      out.writeByte(0);
      count(out, 0);
      count(out, 0);
      count(out, columns);
      if (columns == 0) {
        count(out, rows);
      }
    }
    return bytes.toByteArray();
  }

  private static void count(DataOutputStream out, int value) throws IOException {
    int rest = value;
    for (; rest >>> 7 != 0; rest >>>= 7) {
      out.writeByte(rest & 0x7f | 0x80);
    }
    out.writeByte(rest);
  }

  @Test
  void groupsTogetherAreTheTable() throws IOException {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Table table = random(random);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TableWriter writer = new TableWriter(table.schema(), out);
      for (int from = 0; from < table.rowCount(); ) {
        int to = from + 1 + random.nextInt(table.rowCount() - from);
        writer.write(table.select(IntStream.range(from, to).toArray()));
        from = to;
      }
      writer.finish();
      assertThat(writer.rowCount()).isEqualTo(table.rowCount());
      assertSame(read(out.toByteArray()), table);
      int most = random.nextInt(table.rowCount() + 2);
      TableReader reader = new TableReader(new ByteArrayInputStream(out.toByteArray()));
      assertSame(
          reader.collect(most),
          table.select(IntStream.range(0, Math.min(most, table.rowCount())).toArray()));
    }
  }

  @Test
  void rowsOfAnotherSchemaAreRefused() throws IOException {
    Table table = random(new Random(1));
    TableSchema other = new TableSchema(TableKind.RAW, "other", List.of(), ",");
    TableWriter writer = new TableWriter(other, new ByteArrayOutputStream());
    assertThatIllegalArgumentException().isThrownBy(() -> writer.write(table));
  }

  @Test
  void theFirstBytesStayAsTheyAre() throws IOException {
    Table table =
        new Table(
            new TableSchema(TableKind.RAW, "id", List.of(ColumnSpec.text("é")), ","),
            new String[] {"1"},
            List.of(new Column.Texts(new String[] {"x"})));
    byte[] bytes = write(table);
    assertThat(Arrays.copyOf(bytes, bytes.length - 4))
        .containsExactly(
            'F', 'F', 'T', '2', 0, 2, 'i', 'd', 1, ',', 1, 2, 0xc3, 0xa9, 2, 0, 0, 1, 1, '1', 1,
            'x', 0);
  }
}
