package io.fedflow.testkit.sim;

import io.fedflow.spi.Timers;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * One life of a site's process, from its start to its crash. After the crash nothing that belongs
 * to it happens any more: its threads and delays are gone, what it asked of the outside is not
 * heard, and nothing is answered to it. Not thread-safe.
 */
final class Life implements Timers {

  private static final Timer NOTHING = () -> {};

  private final String site;
  private final ManualTime time;
  private final Set<Delay> delays = new HashSet<>();
  private final Set<Strand> strands = new LinkedHashSet<>();
  private boolean alive = true;
  private boolean starting = true;
  private int callsLeft;
  private Runnable crash = () -> {};

  Life(String site, ManualTime time) {
    this.site = site;
    this.time = time;
  }

  String site() {
    return site;
  }

  boolean alive() {
    return alive;
  }

  /** While it reads what is stored, which blocks its one thread: the disk answers at once. */
  boolean starting() {
    return starting;
  }

  void started() {
    starting = false;
  }

  void end() {
    alive = false;
    delays.forEach(delay -> delay.timer.cancel());
    delays.clear();
    List.copyOf(strands).forEach(Strand::wake);
  }

  /** Blocking work begins. */
  void add(Strand strand) {
    strands.add(strand);
  }

  /** Blocking work is over. */
  void remove(Strand strand) {
    strands.remove(strand);
  }

  /** Crashes in the middle of whatever it does when it calls a port for the nth time from now. */
  void crashAtCall(int nth, Runnable how) {
    callsLeft = nth;
    crash = how;
  }

  /** Notes that a port was called; false if the process does not live to see it. */
  boolean calls() {
    if (alive && callsLeft > 0 && --callsLeft == 0) {
      crash.run();
    }
    return alive;
  }

  Executor executor() {
    return work -> {
      if (alive) {
        time.after(0, () -> whileAlive(work));
      }
    };
  }

  @Override
  public Timer after(long millis, Runnable work) {
    if (!alive) {
      return NOTHING;
    }
    Delay delay = new Delay();
    delays.add(delay);
    delay.timer =
        time.after(
            millis,
            () -> {
              delays.remove(delay);
              work.run();
            });
    return delay;
  }

  /** How many of its delays are to come. */
  int armed() {
    return delays.size();
  }

  void whileAlive(Runnable work) {
    if (alive) {
      work.run();
    }
  }

  /** A delay of this process; equal to itself only. */
  private final class Delay implements Timer {

    private Timer timer;

    @Override
    public void cancel() {
      delays.remove(this);
      timer.cancel();
    }
  }
}
