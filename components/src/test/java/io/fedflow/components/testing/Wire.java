package io.fedflow.components.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentDescriptor;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Protection;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks what crossed between parties. */
public final class Wire {

  private Wire() {}

  /**
   * Fails if a message holds the ids of a table or one of its numbers: as eight bytes in either
   * order, or as text. Numbers that any message may hold by chance (whole numbers) are not looked
   * for.
   */
  public static void assertNoTraceOf(List<Envelope> messages, Table table) {
    Privacy.assertNoTraceOf(messages, Arrays.asList(table.ids()).subList(0, 40));
    Set<Long> patterns = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (Column column : table.columns()) {
      for (double value : ((Column.Numbers) column).values()) {
        if (value != Math.rint(value)) {
          long bits = Double.doubleToLongBits(value);
          patterns.add(bits);
          patterns.add(Long.reverseBytes(bits));
          texts.add(Double.toString(value));
        }
      }
    }
    for (Envelope message : messages) {
      byte[] bytes = message.payload().bytes();
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
      for (int at = 0; at + Long.BYTES <= bytes.length; at++) {
        assertThat(patterns.contains(buffer.getLong(at)))
            .as("%s holds a value at byte %d", message.tag(), at)
            .isFalse();
      }
      if (message.payload().format() == io.fedflow.federation.Payload.Format.TEXTS) {
        String content = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(texts).as("%s", message.tag()).noneMatch(content::contains);
      }
    }
  }

  /**
   * Fails unless both runs sent the same messages in the same shapes, and equal content where it is
   * open, except for messages that may depend on the difference.
   */
  public static void assertSameBut(
      ComponentDescriptor descriptor,
      List<Envelope> one,
      List<Envelope> other,
      Set<String> mayDiffer) {
    Map<String, Envelope> left = byKey(one);
    Map<String, Envelope> right = byKey(other);
    assertThat(right.keySet()).isEqualTo(left.keySet());
    left.forEach(
        (key, message) -> {
          Envelope twin = right.get(key);
          assertThat(twin.payload().format()).as(key).isEqualTo(message.payload().format());
          boolean open =
              descriptor.message(message.tag().name()).orElseThrow().protection()
                  == Protection.PUBLIC;
          boolean freshKey = message.tag().name().endsWith("_key");
          if (!freshKey) {
            assertThat(twin.payload().size()).as(key).isEqualTo(message.payload().size());
          }
          if (open && !freshKey && !mayDiffer.contains(message.tag().name())) {
            assertThat(twin.payload()).as(key).isEqualTo(message.payload());
          }
        });
  }

  private static Map<String, Envelope> byKey(List<Envelope> messages) {
    return messages.stream()
        .collect(
            Collectors.toMap(
                m -> m.tag() + " " + m.from() + ">" + m.to(), m -> m, (a, b) -> a, TreeMap::new));
  }
}
