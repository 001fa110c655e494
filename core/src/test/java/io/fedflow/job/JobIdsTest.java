package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobIdsTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-04T05:06:07.123456Z"));
  private final JobIds ids = new JobIds(now::get, ZoneOffset.UTC);

  @Test
  void idsAreTimeAndCounter() {
    assertThat(ids.next()).isEqualTo("202603040506071234560");
    assertThat(ids.next()).isEqualTo("202603040506071234561");
    now.set(Instant.parse("2026-03-04T05:06:07.123457Z"));
    assertThat(ids.next()).isEqualTo("202603040506071234570");
  }

  @Test
  void aClockThatGoesBackGivesNoIdTwice() {
    String first = ids.next();
    now.set(now.get().minusSeconds(3600));
    assertThat(ids.next()).isEqualTo(first.substring(0, 20) + "1");
    now.set(now.get().plusSeconds(3600));
    assertThat(ids.next()).isEqualTo(first.substring(0, 20) + "2");
  }

  @Test
  void manyThreadsGetDifferentIds() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 10_000).parallel().forEach(i -> seen.add(ids.next()));
    assertThat(seen).hasSize(10_000);
  }

  @Test
  void aClockThatStandsStillForTooLongIsReported() {
    IntStream.range(0, 100_000).forEach(i -> ids.next());
    assertThatThrownBy(ids::next).isInstanceOf(IllegalStateException.class);
  }
}
