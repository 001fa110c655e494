package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskCache;
import io.fedflow.components.testing.Failures;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CacheWriterTest {

  /** Says that it has keys, and has none: what is too long is refused before it is asked for. */
  private record Announced(int count) implements HostKeys {
    @Override
    public void giveTo(PartsInBatches.Taker taker) {
      throw new AssertionError("asked for");
    }
  }

  @Test
  void cacheThatIsTooLong_isRefused_beforeItIsMade() {
    int most = TaskCache.MAX_BYTES / KeyIndex.WIDTH;
    for (int count : new int[] {most, most + 1, Integer.MAX_VALUE / KeyIndex.WIDTH}) {
      assertThatThrownBy(() -> CacheWriter.write(out -> out.keys(new Announced(count)).flag(true)))
          .is(Failures.code("intersection.cache"))
          .hasMessageContaining("allowed are at most " + TaskCache.MAX_BYTES);
    }
  }

  @Test
  void keys_areAskedForOnce_andStandBehindTheirLength() throws Exception {
    int[] asked = {0};
    byte[] keys = new byte[5000 * KeyIndex.WIDTH];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (byte) (i * 7 % 251);
    }
    HostKeys once =
        new HostKeys() {
          @Override
          public int count() {
            return 5000;
          }

          @Override
          public void giveTo(PartsInBatches.Taker taker) throws InterruptedException {
            asked[0]++;
            new KeptKeys(ByteBuffer.wrap(keys)).giveTo(taker);
          }
        };
    byte[] written = CacheWriter.write(out -> out.text("é").keys(once).octet((byte) 3));
    assertThat(asked[0]).isEqualTo(1);
    assertThat(written)
        .isEqualTo(
            ByteBuffer.allocate(4 + 2 + 4 + keys.length + 1)
                .putInt(2)
                .put((byte) 0xc3)
                .put((byte) 0xa9)
                .putInt(keys.length)
                .put(keys)
                .put((byte) 3)
                .array());
  }
}
