package io.fedflow.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarkerSearchTest {

  private static final MarkedTables TABLES = MarkedTables.of(5, 150, 30);
  private static final double VALUE = TABLES.host().values()[2][17];

  private static final MarkerSearch SEARCH =
      MarkerSearch.builder()
          .texts("id", TABLES.ids())
          .numbers("value", TABLES.host().values()[2])
          .labels("label", TABLES.labelOrders().get(2))
          .build();

  @Test
  void noise_holdsNothing() {
    byte[] noise = new byte[2_000_000];
    new Random(1).nextBytes(noise);
    assertThat(SEARCH.find(noise)).isEmpty();
    assertThat(SEARCH.find(new byte[100_000])).isEmpty();
    assertThat(SEARCH.find(new byte[3])).isEmpty();
  }

  @Test
  void idsAndValues_areFoundInEveryForm_whereverTheyAre() {
    assertFinds("id", text(TABLES.guest().ids()[7]));
    assertFinds("value as text", text(Double.toString(VALUE)));
    assertFinds("value as big-endian double", doubles(ByteOrder.BIG_ENDIAN, VALUE));
    assertFinds("value as little-endian double", doubles(ByteOrder.LITTLE_ENDIAN, VALUE));
  }

  @Test
  void labels_areFoundInEveryForm() {
    double[] labels = TABLES.labelOrders().get(2);
    double[] signs = Arrays.stream(labels).map(label -> 2 * label - 1).toArray();
    StringBuilder digits = new StringBuilder();
    BitSet bits = new BitSet();
    byte[] bytes = new byte[labels.length];
    for (int row = 0; row < labels.length; row++) {
      digits.append((int) labels[row]).append(',');
      bits.set(row, labels[row] == 1);
      bytes[row] = (byte) labels[row];
    }
    assertFinds("label as text", text(digits.toString()));
    assertFinds("label as bytes", bytes);
    assertFinds("label as bits", bits.toByteArray());
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      assertFinds("label as doubles", doubles(order, labels));
      assertFinds("label as doubles", doubles(order, signs));
      assertFinds("label as integers", longs(order, labels));
      assertFinds("label as integers", longs(order, signs));
    }
  }

  @Test
  void whatAnythingMayHold_isNoMarker() {
    assertThatThrownBy(() -> MarkerSearch.builder().texts("name", List.of("x0")))
        .hasMessageContainingAll("name", "x0", "8 bytes");
    assertThatThrownBy(() -> MarkerSearch.builder().labels("label", new double[63]))
        .hasMessageContainingAll("63", "64");
  }

  @Test
  void tables_areReadAsTheyAreWritten_andShareOnlyCommonRows() {
    MarkedTable guest = TABLES.guest();
    List<String> lines = guest.csv().lines().toList();
    assertThat(lines).hasSize(181);
    String[] cells = lines.get(1).split(",");
    assertThat(cells[0]).isEqualTo(guest.ids()[0]);
    assertThat(Double.parseDouble(cells[2])).isEqualTo(guest.values()[0][0]);
    assertThat(TABLES.ids()).hasSize(210);
    assertThat(TABLES.labelOrders().get(2)).hasSize(150).contains(0, 1);
  }

  private static void assertFinds(String kind, byte[] planted) {
    byte[] around = new byte[1001];
    new Random(2).nextBytes(around);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(around);
    all.writeBytes(planted);
    all.writeBytes(around);
    assertThat(SEARCH.find(all.toByteArray())).containsOnlyKeys(kind);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] doubles(ByteOrder order, double... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * Double.BYTES).order(order);
    out.asDoubleBuffer().put(values);
    return out.array();
  }

  private static byte[] longs(ByteOrder order, double... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * Long.BYTES).order(order);
    out.asLongBuffer().put(Arrays.stream(values).mapToLong(value -> (long) value).toArray());
    return out.array();
  }
}
