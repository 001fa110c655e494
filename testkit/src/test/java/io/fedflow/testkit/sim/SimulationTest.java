package io.fedflow.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Plays many worlds with all faults. {@code simulation.first} and {@code simulation.seeds} choose
 * which, {@code simulation.threads} how many at a time.
 */
class SimulationTest {

  private static final int SHOWN = 3;

  @Test
  void everyWorldHolds() throws InterruptedException {
    long first = Long.getLong("simulation.first", 0);
    long seeds = Long.getLong("simulation.seeds", 2_000);
    int threads = Integer.getInteger("simulation.threads", 1);
    List<Runner> runners =
        LongStream.range(0, threads)
            .mapToObj(i -> new Runner(first + i, first + seeds, threads))
            .toList();
    runners.forEach(Thread::start);
    long played = 0;
    StringBuilder failures = new StringBuilder();
    for (Runner runner : runners) {
      runner.join();
      played += runner.played;
      failures.append(runner.failures);
    }
    if (!failures.isEmpty()) {
      fail(failures.toString());
    }
    assertThat(played).isEqualTo(seeds);
  }

  /** Plays every so many-th world; one world is on one thread. */
  private static final class Runner extends Thread {

    private final long first;
    private final long end;
    private final int step;
    private final StringBuilder failures = new StringBuilder();
    private long played;
    private int failed;

    private Runner(long first, long end, int step) {
      super("simulation-" + first);
      this.first = first;
      this.end = end;
      this.step = step;
    }

    @Override
    public void run() {
      for (long seed = first; seed < end && failed < SHOWN; seed += step) {
        try {
          SimulatedWorld.run(seed);
        } catch (SimulationFailure found) {
          failed++;
          failures.append(found.getMessage()).append('\n');
        }
        played++;
      }
    }
  }
}
