package io.fedflow.transport.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.dsl.TableRef;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.transport.http.fake.FakeData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipMembersTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private long now;

  private String unpacked() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void lifeIsShown_andNothingElseChanges() throws IOException {
    GzipMembers gzip = new GzipMembers(sent, () -> now);
    gzip.beat();
    assertThat(sent.size()).isZero();
    now += GzipMembers.BEAT_NANOS;
    gzip.beat();
    int first = sent.size();
    assertThat(first).isPositive();
    gzip.beat();
    assertThat(sent.size()).isEqualTo(first);
    gzip.write(utf8("abc"));
    now += GzipMembers.BEAT_NANOS;
    gzip.beat();
    now += GzipMembers.BEAT_NANOS;
    gzip.beat();
    gzip.write(utf8("def"));
    gzip.close();
    assertThat(unpacked()).isEqualTo("abcdef");
  }

  @Test
  void tablesThatTakeLong_arriveAllTheSame() throws IOException {
    FakeData data = new FakeData();
    data.store(
        StoreRequest.upload("n", "t"),
        new Table(
            new TableSchema(TableKind.RAW, "id", List.of(ColumnSpec.text("x")), ","),
            new String[] {"1"},
            List.of(new Column.Texts(new String[] {"seen"}))));
    Map<String, TableRef> tables =
        Map.of("one", new TableRef("n", "t"), "two", new TableRef("n", "t"));
    new DataArchive(data, folder, () -> now += GzipMembers.BEAT_NANOS)
        .of(tables, true, 10)
        .writeTo(sent);
    assertThat(unpacked()).contains("one.csv", "two.csv", "one.meta", "id,x\n1,seen\n");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
