package io.fedflow.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.data.CsvFormat.Duplicates;
import io.fedflow.data.CsvFormat.RowId;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Refusals;
import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.Stores;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTablesTest {

  private static final CsvFormat STANDARD = CsvFormat.standard();

  private static CsvTables.Parsed parse(byte[] bytes, CsvFormat format) throws IOException {
    return CsvTables.read(new ByteArrayInputStream(bytes), format);
  }

  private static CsvTables.Parsed parse(String text, CsvFormat format) throws IOException {
    return parse(text.getBytes(StandardCharsets.UTF_8), format);
  }

  private static Table read(String text) throws IOException {
    return parse(text, STANDARD).table();
  }

  private static FedflowException refusal(String text, CsvFormat format) {
    return Refusals.of(() -> parse(text, format), text);
  }

  private static String[] column(Table table, String name) {
    return ((Column.Texts) table.column(table.schema().indexOf(name))).values();
  }

  private static CsvFormat format(boolean header, RowId id, Duplicates duplicates) {
    return new CsvFormat(header, ",", id, duplicates);
  }

  @Test
  void readsAStandardFile() throws IOException {
    Table table = read("id,y, x0\n1,0,0.5\n2,1, a b \n");
    assertThat(table.schema().kind()).isEqualTo(TableKind.RAW);
    assertThat(table.schema().idName()).isEqualTo("id");
    assertThat(table.schema().header()).containsExactly("y", "x0");
    assertThat(table.ids()).containsExactly("1", "2");
    assertThat(column(table, "y")).containsExactly("0", "1");
    assertThat(column(table, "x0")).containsExactly("0.5", " a b");
  }

  @Test
  void takesEveryLineEndAndAMark() throws IOException {
    assertThat(read("\uFEFFid,x\r\n1,2\r\n\r\n\n3,4").ids()).containsExactly("1", "3");
    assertThat(read("id,x\r1,2\r").ids()).containsExactly("1");
    assertThat(read("\uFEFFid,x\n1,2").schema().idName()).isEqualTo("id");
  }

  @Test
  void splitsWithoutQuotingAndKeepsEmptyCells() throws IOException {
    Table table = read("id,a,b\n1,\"x,y\"\n2,,\n");
    assertThat(column(table, "a")).containsExactly("\"x", "");
    assertThat(column(table, "b")).containsExactly("y\"", "");
    CsvFormat wide = new CsvFormat(true, "||", RowId.FIRST_COLUMN, Duplicates.LAST_WINS);
    assertThat(column(parse("id||a||b\n1||x|y||z", wide).table(), "a")).containsExactly("x|y");
  }

  @Test
  void withoutAHeaderTheRestOfALineIsOneColumn() throws IOException {
    CsvFormat bare = format(false, RowId.FIRST_COLUMN, Duplicates.LAST_WINS);
    Table table = parse("1,a,b\n2\n3,\n", bare).table();
    assertThat(table.schema().header()).containsExactly("");
    assertThat(table.schema().idName()).isEmpty();
    assertThat(table.ids()).containsExactly("1", "2", "3");
    assertThat(column(table, "")).containsExactly("a,b", "", "");
  }

  @Test
  void numbersOrGeneratesIds() throws IOException {
    CsvFormat numbered = format(true, RowId.NUMBERED, Duplicates.LAST_WINS);
    Table table = parse("a,b\nx,y\nx,y", numbered).table();
    assertThat(table.ids()).containsExactly("0", "1");
    assertThat(table.schema().header()).containsExactly("a", "b");
    assertThat(table.schema().idName()).isEqualTo("extend_sid");
    CsvFormat generated = format(false, RowId.GENERATED, Duplicates.REFUSE);
    Table one = parse("x\nx\n", generated).table();
    Table two = parse("x\nx\n", generated).table();
    assertThat(one.ids()).doesNotHaveDuplicates().doesNotContain(two.ids());
    assertThat(column(one, "")).containsExactly("x", "x");
  }

  @Test
  void theLastOfDuplicatesWinsOrTheFileIsRefused() throws IOException {
    CsvTables.Parsed parsed = parse("id,x\n1,a\n2,b\n1,c\n1,d", STANDARD);
    assertThat(parsed.table().ids()).containsExactly("2", "1");
    assertThat(column(parsed.table(), "x")).containsExactly("b", "d");
    assertThat(parsed.replaced()).isEqualTo(2);
    CsvFormat strict = format(true, RowId.FIRST_COLUMN, Duplicates.REFUSE);
    FedflowException refusal = refusal("id,x\nsecret,a\n2,b\nsecret,c", strict);
    assertThat(refusal.code()).isEqualTo("csv.duplicate");
    assertThat(refusal)
        .hasMessageContaining("data row 3")
        .hasMessageContaining("data row 1")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesWhatIsNoTable() {
    CsvFormat bare = format(false, RowId.FIRST_COLUMN, Duplicates.LAST_WINS);
    assertThat(refusal("", STANDARD).code()).isEqualTo("csv.empty");
    assertThat(refusal("\n \n", bare).code()).isEqualTo("csv.empty");
    assertThat(refusal("id,x\n", STANDARD).code()).isEqualTo("csv.empty");
    assertThat(refusal("id,x\n1,2,3", STANDARD).code()).isEqualTo("csv.ragged");
    assertThat(refusal("id,x\n1,2\n3", STANDARD)).hasMessageContaining("line 3: found 1 cells");
    assertThat(refusal("id,x,x\n1,2,3", STANDARD).code()).isEqualTo("csv.header");
    assertThat(refusal("id,x\n ,2", STANDARD).code()).isEqualTo("csv.id");
    assertThat(refusal("id,x\n1," + "y".repeat(17 << 20), STANDARD).code()).isEqualTo("csv.line");
    for (String delimiter : new String[] {null, "", "\n", ",\r"}) {
      Refusals.assertRefused(
          "csv.delimiter",
          () -> new CsvFormat(true, delimiter, RowId.FIRST_COLUMN, Duplicates.REFUSE),
          "delimiter");
    }
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] latin = "id,x\n1,é\n".getBytes(StandardCharsets.ISO_8859_1);
    Refusals.assertRefused("csv.encoding", () -> parse(latin, STANDARD), "latin");
  }

  @Test
  void anyTextIsReadOrRefused() throws IOException {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      byte[] noise = Damage.noise(random, 100);
      if (random.nextBoolean()) {
        for (int i = 0; i < noise.length; i++) {
          noise[i] = (byte) "a1,\n\r\t |\"".charAt(Math.floorMod(noise[i], 9));
        }
      }
      CsvFormat format =
          new CsvFormat(
              random.nextBoolean(),
              random.nextBoolean() ? "," : "| ",
              RowId.values()[random.nextInt(3)],
              Duplicates.values()[random.nextInt(2)]);
      try {
        Table table = parse(noise, format).table();
        assertThat(table.ids()).doesNotHaveDuplicates();
        assertThat(table.rowCount()).isPositive();
      } catch (FedflowException refused) {
        assertThat(refused.code()).startsWith("csv.");
      }
    }
  }

  @Test
  void anyCellsComeBack() throws IOException {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int width = 1 + random.nextInt(4);
      List<List<String>> rows = new ArrayList<>();
      StringBuilder text = new StringBuilder("id");
      for (int i = 0; i < width; i++) {
        text.append(",c").append(i);
      }
      for (int row = 0; row < 1 + random.nextInt(5); row++) {
        List<String> cells = new ArrayList<>();
        text.append('\n').append(row);
        for (int i = 0; i < width; i++) {
          String cell = Damage.text(random).replaceAll("[,\\s\\p{Cntrl}]", "_") + '.';
          cells.add(cell);
          text.append(',').append(cell);
        }
        rows.add(cells);
      }
      Table table = read(text.toString());
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < width; i++) {
          assertThat(table.column(i).textAt(row)).isEqualTo(rows.get(row).get(i));
        }
      }
    }
  }

  @Test
  void readsFromAPath(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "id,x\n1,2\n");
    assertThat(CsvTables.read(file).rowCount()).isEqualTo(1);
  }

  @Test
  void storingIsReadingWithoutTheMemory(@TempDir Path folder) throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder("id,a,b\n");
      int rows = 1 + random.nextInt(seed % 10 == 0 ? 20_000 : 50);
      int ids = 1 + random.nextInt(3 * rows);
      for (int row = 0; row < rows; row++) {
        text.append(random.nextInt(ids)).append(',').append(row).append(",x\n");
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      CsvTables.Parsed expected = parse(bytes, STANDARD);
      Stores stores = MemoryStores.create();
      DataManager data =
          new StoredDataManager(
              stores.tables(), stores.blobs(), InstantSource.system(), UUID::randomUUID);
      CsvTables.Stored stored =
          CsvTables.store(
              data,
              DataManager.StoreRequest.upload("n", "t"),
              () -> new ByteArrayInputStream(bytes),
              STANDARD,
              folder);
      assertThat(stored.replaced()).isEqualTo(expected.replaced());
      assertThat(stored.entry().rowCount()).isEqualTo(expected.table().rowCount());
      assertThat(data.find("n", "t").toCompletableFuture().join()).contains(stored.entry());
      Table found = data.read("n", "t");
      assertThat(found.ids()).isEqualTo(expected.table().ids());
      assertThat(column(found, "a")).isEqualTo(column(expected.table(), "a"));
    }
  }

  @Test
  void refusedFilesAreNotStored(@TempDir Path folder) {
    Stores stores = MemoryStores.create();
    DataManager data =
        new StoredDataManager(
            stores.tables(), stores.blobs(), InstantSource.system(), UUID::randomUUID);
    CsvFormat strict = format(true, RowId.FIRST_COLUMN, Duplicates.REFUSE);
    for (String text : List.of("", "id,x\n", "id,x\n1,2\n1,3", "id,x\n1,2\n2", "id,x\n1,2\n,3")) {
      FedflowException refusal =
          Refusals.of(
              () ->
                  CsvTables.store(
                      data,
                      DataManager.StoreRequest.upload("n", "t"),
                      () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                      strict,
                      folder),
              text);
      assertThat(refusal.code()).startsWith("csv.");
      assertThat(data.find("n", "t").toCompletableFuture().join()).isEmpty();
    }
  }
}
