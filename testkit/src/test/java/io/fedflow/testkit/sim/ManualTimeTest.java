package io.fedflow.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.spi.Timers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Time stands still until it is told to go on. */
class ManualTimeTest {

  private final ManualTime time = new ManualTime(Instant.ofEpochMilli(1_000), 7);
  private final List<String> done = new ArrayList<>();

  @Test
  void whatIsDueFirstIsDoneFirst() {
    time.after(20, () -> done.add("late at " + time.millis()));
    time.after(5, () -> done.add("early at " + time.millis()));
    assertThat(done).isEmpty();
    assertThat(time.millis()).isEqualTo(1_000);
    assertThat(time.step()).isTrue();
    assertThat(time.step()).isTrue();
    assertThat(time.step()).isFalse();
    assertThat(done).containsExactly("early at 1005", "late at 1020");
    assertThat(time.instant()).isEqualTo(Instant.ofEpochMilli(1_020));
  }

  @Test
  void whatIsCanceledIsNotDone() {
    Timers.Timer timer = time.after(5, () -> done.add("canceled"));
    assertThat(time.pending()).isEqualTo(1);
    timer.cancel();
    timer.cancel();
    assertThat(time.pending()).isZero();
    assertThat(time.step()).isFalse();
    assertThat(done).isEmpty();
    assertThat(time.millis()).isEqualTo(1_000);
  }

  @Test
  void nothingIsDoneInsideTheCallThatAsksForIt() {
    time.executor().execute(() -> done.add("executed"));
    time.after(-3, () -> done.add("overdue"));
    assertThat(done).isEmpty();
    while (time.step()) {
      assertThat(time.millis()).isEqualTo(1_000);
    }
    assertThat(done).containsExactlyInAnyOrder("executed", "overdue");
  }

  @Test
  void theSeedDecidesWhoIsFirstOfWhatIsDueTogether() {
    Set<String> orders = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      assertThat(order(seed)).isEqualTo(order(seed));
      orders.add(order(seed));
    }
    assertThat(orders).hasSize(6);
  }

  private static String order(long seed) {
    ManualTime time = new ManualTime(Instant.EPOCH, seed);
    StringBuilder order = new StringBuilder();
    for (String name : List.of("a", "b", "c")) {
      time.after(1, () -> order.append(name));
    }
    while (time.step()) {
      assertThat(time.millis()).isEqualTo(1);
    }
    return order.toString();
  }
}
