package io.fedflow.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.spi.Timers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The promises of {@link Timers}. */
public abstract class TimersContract {

  private static final int SOON = 5;
  private static final int LATER = 40;

  /** The timers, always the same. */
  protected abstract Timers timers();

  /** The time that they go by, in nanoseconds since any moment. */
  protected abstract long nanos();

  /** Lets time pass until a condition holds; fails if it never does. */
  protected abstract void await(BooleanSupplier condition);

  /** Closes them; false if these cannot be closed. */
  protected abstract boolean close();

  /** All that was due before has run by then. */
  private void awaitLater() {
    AtomicBoolean later = new AtomicBoolean();
    timers().after(LATER, () -> later.set(true));
    await(later::get);
  }

  @Test
  void W1_work_runsOnce() {
    AtomicInteger runs = new AtomicInteger();
    timers().after(SOON, runs::incrementAndGet);
    await(() -> runs.get() > 0);
    awaitLater();
    assertThat(runs).hasValue(1);
  }

  @Test
  void W1_allWork_runs() {
    List<Integer> ran = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      timers().after(i % 3, () -> ran.add(number));
    }
    await(() -> ran.size() == 20);
    assertThat(ran).doesNotHaveDuplicates();
  }

  @Test
  void W2_work_doesNotRunBeforeItsDelayPassed() {
    AtomicLong ran = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    long begun = nanos();
    timers()
        .after(
            LATER,
            () -> {
              ran.set(nanos());
              done.set(true);
            });
    await(done::get);
    assertThat(ran.get() - begun).isGreaterThanOrEqualTo(LATER * 1_000_000L);
  }

  @Test
  void W3_workWithoutDelay_isNotRunInsideTheCall() {
    for (long millis : List.of(0L, -1L, Long.MIN_VALUE)) {
      Thread caller = Thread.currentThread();
      AtomicBoolean inside = new AtomicBoolean(true);
      AtomicBoolean ran = new AtomicBoolean();
      AtomicBoolean ranInside = new AtomicBoolean();
      timers()
          .after(
              millis,
              () -> {
                ranInside.set(inside.get() && Thread.currentThread() == caller);
                ran.set(true);
              });
      inside.set(false);
      await(ran::get);
      assertThat(ranInside).as("%d ms", millis).isFalse();
    }
  }

  @Test
  void W4_cancelledWork_doesNotRun() {
    AtomicBoolean cancelled = new AtomicBoolean();
    AtomicBoolean ran = new AtomicBoolean();
    // A slow machine may come to it before it is cancelled.
    Timers.Timer timer = timers().after(LATER / 2, () -> ran.compareAndSet(false, cancelled.get()));
    timer.cancel();
    timer.cancel();
    cancelled.set(true);
    awaitLater();
    assertThat(ran).isFalse();
  }

  @Test
  void W4_cancellingWhatRan_doesNothingToOthers() {
    AtomicInteger runs = new AtomicInteger();
    Timers.Timer over = timers().after(0, runs::incrementAndGet);
    await(() -> runs.get() == 1);
    timers().after(SOON, runs::incrementAndGet);
    over.cancel();
    await(() -> runs.get() == 2);
  }

  @Test
  void W5_closedTimers_refuseWork() {
    Assumptions.assumeTrue(close(), "these timers cannot be closed");
    assertThatThrownBy(() -> timers().after(0, () -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
