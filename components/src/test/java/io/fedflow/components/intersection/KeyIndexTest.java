package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

  @Test
  void find_ofManyKeys_isTheirPosition() {
    Random random = new Random(16);
    int count = 5000;
    byte[] bytes = new byte[count * KeyIndex.WIDTH];
    random.nextBytes(bytes);
    // Some that differ in one half only, and meet in one slot.
    for (int i = 0; i < 64; i++) {
      ByteBuffer.wrap(bytes).putLong(i * KeyIndex.WIDTH, 7).putLong(i * KeyIndex.WIDTH + 8, i);
      ByteBuffer.wrap(bytes)
          .putLong((64 + i) * KeyIndex.WIDTH, 1L << i)
          .putLong((64 + i) * KeyIndex.WIDTH + 8, 1L << i);
    }
    KeyIndex keys = new KeyIndex(count);
    keys.add(java.util.Arrays.copyOf(bytes, 1600));
    keys.add(java.util.Arrays.copyOfRange(bytes, 1600, bytes.length));
    assertThat(keys.build()).isEqualTo(-1);

    KeyIndex asked = new KeyIndex(count + 1);
    asked.add(bytes);
    asked.add(new byte[KeyIndex.WIDTH]);
    for (int i = 0; i < count; i++) {
      assertThat(keys.find(asked, i)).isEqualTo(i);
    }
    assertThat(keys.find(asked, count)).isEqualTo(-1);
  }

  @Test
  void build_ofAKeyTwice_namesItsPosition() {
    KeyIndex keys = new KeyIndex(3);
    keys.add(new byte[KeyIndex.WIDTH]);
    byte[] one = new byte[KeyIndex.WIDTH];
    one[15] = 1;
    keys.add(one);
    keys.add(one);
    assertThat(keys.build()).isEqualTo(2);
  }

  @Test
  void find_inNothing_isNothing() {
    KeyIndex keys = new KeyIndex(0);
    assertThat(keys.build()).isEqualTo(-1);
    KeyIndex asked = new KeyIndex(1);
    asked.add(new byte[KeyIndex.WIDTH]);
    assertThat(keys.find(asked, 0)).isEqualTo(-1);
  }
}
