package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskId;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Blobs;
import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.Refusals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaskCachesTest {

  private static final TaskId FIRST = new TaskId("j", "match", 0);
  private static final TaskId SECOND = new TaskId("j", "match", 1);

  private final Blobs blobs = new Blobs();
  private final TaskCaches caches = new TaskCaches(blobs);

  private static TaskCache cache(String key, int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return new TaskCache("Intersection", key, content);
  }

  private void write() {
    Map<String, TaskCache> two = new LinkedHashMap<>();
    two.put("cache", cache("k1", 1, 2, 3));
    two.put("other é", cache("k2"));
    caches.write(FIRST, Plans.GUEST, two);
  }

  @Test
  void anAttemptsCachesAreReadAsTheyWereWritten_atItsPartyOnly() {
    write();

    Map<String, TaskCache> read = caches.read(FIRST, Plans.GUEST);

    assertThat(read.keySet()).containsExactly("cache", "other é");
    assertThat(read.get("cache").content()).containsExactly(1, 2, 3);
    assertThat(read.get("cache").key()).isEqualTo("k1");
    assertThat(read.get("other é").module()).isEqualTo("Intersection");
    assertThat(read.get("other é").content()).isEmpty();
    assertThat(caches.read(SECOND, Plans.GUEST)).isEmpty();
    assertThat(caches.read(FIRST, Plans.HOST)).isEmpty();
  }

  @Test
  void copiesStay_whenTheirSourceGoes() {
    write();
    caches.copy(FIRST, SECOND, Plans.GUEST);
    caches.copy(FIRST, SECOND, Plans.HOST);
    caches.delete(FIRST, Plans.GUEST);

    assertThat(caches.read(FIRST, Plans.GUEST)).isEmpty();
    assertThat(caches.read(SECOND, Plans.GUEST)).hasSize(2);
    assertThat(caches.read(SECOND, Plans.HOST)).isEmpty();
    caches.delete(SECOND, Plans.GUEST);
    assertThat(blobs.keys()).isEmpty();
  }

  @Test
  void aStoreThatFails_isUnavailable() {
    blobs.fail(new IOException("gone"));
    FedflowException refused =
        Refusals.of(() -> caches.read(FIRST, Plans.GUEST), "read from a failing store");
    assertThat(refused.code()).isEqualTo("cache.io");
    Refusals.assertRefused("cache.io", this::write, "write to a failing store");
  }

  @Test
  void damagedOnesAreRefused_whateverBitItIs() {
    write();
    byte[][] whole = new byte[1][];
    blobs.spoil(bytes -> whole[0] = bytes);
    for (int bit = 0; bit < whole[0].length * 8; bit++) {
      byte[] flipped = whole[0].clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      requireRefused(flipped, "bit " + bit);
    }
    for (int length = 0; length < whole[0].length; length++) {
      requireRefused(Arrays.copyOf(whole[0], length), "length " + length);
    }
    requireRefused(Arrays.copyOf(whole[0], whole[0].length + 1), "one more");
    for (int seed = 0; seed < 500; seed++) {
      requireRefused(Damage.splice(whole[0], new Random(seed)), "seed " + seed);
    }
  }

  private void requireRefused(byte[] damaged, String when) {
    blobs.spoil(bytes -> damaged);
    Refusals.assertRefused("cache.damaged", () -> caches.read(FIRST, Plans.GUEST), when);
    Refusals.assertRefused(
        "cache.damaged", () -> TaskCaches.check(new ByteArrayInputStream(damaged)), when);
  }
}
