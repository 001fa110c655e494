package io.fedflow.storage.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.TableEngine;
import io.fedflow.spi.TableFiles;
import io.fedflow.spi.TableFiles.Layout;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFilesTest {

  private static final Layout PLAIN = new Layout(Optional.empty(), false, false, ",");

  @TempDir Path folder;

  private TableEngine engine;
  private TableFiles files;

  @BeforeEach
  void open() throws IOException {
    engine =
        new ParquetProvider()
            .open(
                new TableEngine.Settings(
                    folder.resolve("scratch"), TableEngine.Settings.LEAST_MEMORY));
    files = engine.files();
  }

  @AfterEach
  void close() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("scratch"))) {
      assertThat(all.filter(file -> file.toString().endsWith(".parquet"))).isEmpty();
    }
    engine.close();
  }

  private Path file(String select) throws IOException {
    return SampleFiles.parquet(folder.resolve("sample.parquet"), select);
  }

  private Table read(Path file, Layout layout) throws IOException {
    try (TableSource rows = files.open(file, layout)) {
      return rows.collect(Integer.MAX_VALUE);
    }
  }

  private static List<String> column(Table table, String name) {
    int at = table.schema().indexOf(name);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < table.rowCount(); i++) {
      cells.add(table.column(at).textAt(i));
    }
    return cells;
  }

  private void assertRefused(String select, Layout layout, String code, String... words)
      throws IOException {
    Path file = file(select);
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> read(file, layout))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.getMessage()).contains(words);
              assertThat(refusal.getMessage()).doesNotContain(folder.toString());
            });
  }

  @Test
  void everyKindOfColumn_becomesText() throws IOException {
    Path file =
        file(
            "SELECT * FROM (VALUES"
                + " ('a', 1::TINYINT, 12345678901::BIGINT, 0.1::FLOAT, 1e-7::DOUBLE, true,"
                + " 1.50::DECIMAL(9,2), DATE '2024-02-29', TIMESTAMP '2024-02-29 10:11:12', 'x y'),"
                + " ('b', NULL, -5, 2::FLOAT, 3::DOUBLE, false,"
                + " -2::DECIMAL(9,2), NULL, NULL, NULL),"
                + " ('c', -7::TINYINT, 0, 'nan'::FLOAT, 'nan'::DOUBLE, NULL, NULL, NULL, NULL, ''))"
                + " t(id, small, large, f, d, yes, money, day, moment, words)");
    assertThat(files.reads(file)).isTrue();
    Table table = read(file, PLAIN);
    assertThat(table.schema().kind()).isEqualTo(TableKind.RAW);
    assertThat(table.schema().idName()).isEqualTo("id");
    assertThat(table.schema().columns()).allMatch(c -> c.type() == ColumnSpec.Type.TEXT);
    assertThat(table.ids()).containsExactly("a", "b", "c");
    assertThat(column(table, "small")).containsExactly("1", "", "-7");
    assertThat(column(table, "large")).containsExactly("12345678901", "-5", "0");
    assertThat(column(table, "f")).containsExactly("0.1", "2", "");
    assertThat(column(table, "d")).containsExactly("1.0E-7", "3", "");
    assertThat(column(table, "yes")).containsExactly("1", "0", "");
    assertThat(column(table, "money")).containsExactly("1.50", "-2.00", "");
    assertThat(column(table, "day")).containsExactly("2024-02-29", "", "");
    assertThat(column(table, "moment")).containsExactly("2024-02-29 10:11:12", "", "");
    assertThat(column(table, "words")).containsExactly("x y", "", "");
  }

  @Test
  void manyRows_comeInTheirOrder() throws IOException {
    Table table = read(file("SELECT i AS id, i * 2 AS x FROM range(300000) t(i)"), PLAIN);
    assertThat(table.rowCount()).isEqualTo(300_000);
    for (int i = 0; i < 300_000; i++) {
      if (!table.ids()[i].equals(Integer.toString(i))
          || !table.column(0).textAt(i).equals(Integer.toString(2 * i))) {
        throw new AssertionError("another row in the place of row " + i);
      }
    }
  }

  @Test
  void anotherColumn_mayBeTheId() throws IOException {
    Table table =
        read(
            file("SELECT 0.5 AS x, 'p' || i AS person, i AS y FROM range(3) t(i)"),
            new Layout(Optional.of("person"), false, false, ","));
    assertThat(table.schema().idName()).isEqualTo("person");
    assertThat(table.ids()).containsExactly("p0", "p1", "p2");
    assertThat(table.schema().header()).containsExactly("x", "y");
    assertThat(column(table, "y")).containsExactly("0", "1", "2");
  }

  @Test
  void ids_mayBeMadeUp() throws IOException {
    Path file = file("SELECT 0.5 AS x FROM range(3)");
    Table numbered = read(file, new Layout(Optional.empty(), true, true, ","));
    assertThat(numbered.ids()).containsExactly("0", "1", "2");
    assertThat(numbered.schema().idName()).isEqualTo("extend_sid");
    assertThat(numbered.schema().header()).containsExactly("x");
    Table generated = read(file, new Layout(Optional.empty(), true, false, ","));
    assertThat(generated.ids()).doesNotHaveDuplicates().allMatch(id -> id.length() > 32);
  }

  @Test
  void whatNoCellCanHold_isRefusedByColumn() throws IOException {
    String allowed = "allowed are texts";
    assertRefused("SELECT 1 AS id, [1, 2] AS l", PLAIN, "parquet.kind", "'l'", "nested", allowed);
    assertRefused("SELECT 1 AS id, {'a': 1} AS s", PLAIN, "parquet.kind", "'s'", "nested", allowed);
    assertRefused("SELECT 1 AS id, MAP {'a': 1} AS m", PLAIN, "parquet.kind", "'m'", "nested");
    assertRefused("SELECT 1 AS id, 'x'::BLOB AS b", PLAIN, "parquet.kind", "'b'", "BLOB", allowed);
    assertRefused(
        "SELECT 1 AS id, INTERVAL 1 DAY AS i", PLAIN, "parquet.kind", "'i'", "INTERVAL", allowed);
  }

  @Test
  void aFileWithoutAnId_isRefused() throws IOException {
    assertRefused("SELECT 0.5::DOUBLE AS x, 1 AS y", PLAIN, "parquet.id", "'x'", "extend_sid");
    assertRefused(
        "SELECT 1 AS x, 2 AS y",
        new Layout(Optional.of("person"), false, false, ","),
        "parquet.id",
        "found no column 'person'",
        "x, y");
    assertRefused(
        "SELECT * FROM (VALUES ('a', 1), (NULL, 2)) t(id, x)",
        PLAIN,
        "parquet.id",
        "row 2",
        "'id'");
    assertRefused("SELECT ' ' AS id, 1 AS x", PLAIN, "parquet.id", "row 1");
  }

  @Test
  void textsThatWouldBreakLines_areRefused() throws IOException {
    assertRefused("SELECT 1 AS id, 'a,b' AS x", PLAIN, "parquet.text", "row 1", "'x'", "','");
    assertRefused("SELECT 1 AS id, 'a' || chr(10) AS x", PLAIN, "parquet.text", "row 1", "'x'");
    assertRefused("SELECT 1 AS id, 2 AS \"a,b\"", PLAIN, "parquet.column", "'a,b'");
    Layout tabs = new Layout(Optional.empty(), false, false, "\t");
    assertThat(column(read(file("SELECT 1 AS id, 'a,b' AS x"), tabs), "x")).containsExactly("a,b");
  }

  @Test
  void noRows_areRefused() throws IOException {
    assertRefused("SELECT 1 AS id WHERE false", PLAIN, "parquet.empty", "no row");
  }

  @Test
  void whatIsNoParquet_isRefused() throws IOException {
    Path file = folder.resolve("sample.parquet");
    Files.writeString(file, "PAR1 and nothing else");
    assertThat(files.reads(file)).isTrue();
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> read(file, PLAIN))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo("parquet.damaged");
              assertThat(refusal.getMessage()).doesNotContain(folder.toString());
            });
    Files.writeString(file, "id,x\n1,2\n");
    assertThat(files.reads(file)).isFalse();
    Files.writeString(file, "");
    assertThat(files.reads(file)).isFalse();
  }
}
