package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.fakes.ManualTime;
import org.junit.jupiter.api.Test;

class StoreWatchTest {

  private final ManualTime time = new ManualTime();
  private final StoreWatch watch = new StoreWatch(time);

  @Test
  void theOutageIsThatOfWhoWaitsLongestAndTheNextTryThatOfWhoTriesNext() {
    watch.waits("a", new StoreOutage(900, 9_000, "first"));
    watch.waits("b", new StoreOutage(1_000, 5_000, "second"));
    time.pass(StoreWatch.GRACE_MILLIS);
    assertThat(watch.outage()).contains(new StoreOutage(900, 5_000, "first"));
    watch.waits("a", new StoreOutage(900, 12_000, "again"));
    watch.over("b");
    assertThat(watch.outage()).contains(new StoreOutage(900, 12_000, "again"));
    watch.over("a");
    assertThat(watch.outage()).isEmpty();
  }

  @Test
  void aMomentIsNoOutage() {
    watch.waits("a", new StoreOutage(time.millis(), 1_050, "busy"));
    time.pass(StoreWatch.GRACE_MILLIS - 1);
    assertThat(watch.outage()).isEmpty();
    time.pass(1);
    assertThat(watch.outage()).isPresent();
  }
}
