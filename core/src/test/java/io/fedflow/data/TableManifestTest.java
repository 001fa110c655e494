package io.fedflow.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Refusals;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableManifestTest {

  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private static TableManifest random(Random random) {
    List<ColumnSpec> columns = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      columns.add(
          new ColumnSpec(
              Damage.text(random),
              ColumnSpec.Type.values()[random.nextInt(3)],
              ColumnSpec.Use.values()[random.nextInt(4)],
              Damage.text(random)));
    }
    List<TableManifest.FilePart> files = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      files.add(
          new TableManifest.FilePart("part-" + i + ".parquet", random.nextInt(9), 17, DIGEST));
    }
    TableSchema schema =
        new TableSchema(
            TableKind.values()[random.nextInt(3)],
            Damage.text(random),
            columns,
            Damage.text(random));
    return new TableManifest("parquet", schema, files);
  }

  private static TableManifest read(byte[] bytes) throws IOException {
    return TableManifest.read(new ByteArrayInputStream(bytes));
  }

  @Test
  void anyManifestComesBack() throws IOException {
    for (int seed = 0; seed < 2_000; seed++) {
      TableManifest manifest = random(new Random(seed));
      byte[] bytes = manifest.toBytes();
      assertThat(read(bytes)).isEqualTo(manifest);
      BufferedInputStream in = new BufferedInputStream(new ByteArrayInputStream(bytes));
      assertThat(TableManifest.beginsAsOne(in)).isTrue();
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void damageIsRefusedOrAnotherManifest() throws IOException {
    for (int seed = 0; seed < 10_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = Damage.mutate(random(random).toBytes(), random);
      try {
        // Its digest stands elsewhere: here it only has to make sense.
        assertThat(read(read(bytes).toBytes())).isEqualTo(read(bytes));
      } catch (FedflowException refusal) {
        assertThat(refusal.code()).isEqualTo("table.damaged");
      }
    }
  }

  @Test
  void aManifestThatIsCutShortIsRefused() {
    byte[] bytes = random(new Random(3)).toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      Refusals.assertRefused("table.damaged", () -> read(cut), "cut to " + length);
    }
    Refusals.assertRefused(
        "table.damaged", () -> read(Arrays.copyOf(bytes, bytes.length + 1)), "with more");
  }

  @Test
  void itsTextStaysAsItIs() {
    TableManifest manifest =
        new TableManifest(
            "parquet",
            new TableSchema(TableKind.RAW, "id", List.of(ColumnSpec.text("a b")), ","),
            List.of(new TableManifest.FilePart("part-00000.parquet", 3, 120, DIGEST)));
    assertThat(new String(manifest.toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "FFTM parquet\ntable RAW id ,\ncolumn TEXT FEATURE a\\u0020b \\e\n"
                + "file part-00000.parquet 3 120 "
                + DIGEST
                + "\nend\n");
    assertThat(manifest.rowCount()).isEqualTo(3);
  }

  @Test
  void filesOutsideOfTheTableAreRefused() {
    for (String name : List.of("../a.parquet", "a/b.parquet", "/a.parquet", ".parquet", "a")) {
      String text = "FFTM parquet\ntable RAW id ,\nfile " + name + " 1 1 " + DIGEST + "\nend\n";
      Refusals.assertRefused(
          "table.damaged", () -> read(text.getBytes(StandardCharsets.UTF_8)), name);
    }
  }
}
