package io.fedflow.telemetry.micrometer;

import io.fedflow.spi.Signal;
import io.fedflow.spi.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;

/**
 * Counts signals as meters of a registry. Tags hold what there are few of (roles, kinds, modules,
 * ends), never jobs, parties or causes: those are for traces. Thread-safe.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th></tr>
 * <tr><td>{@code fedflow.turn}</td><td>timer</td><td>by</td></tr>
 * <tr><td>{@code fedflow.turn.rows}</td><td>summary</td><td>by</td></tr>
 * <tr><td>{@code fedflow.store.retries}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code fedflow.effects}</td><td>counter</td><td>by, effect</td></tr>
 * <tr><td>{@code fedflow.command}</td><td>timer</td><td>command, delivery</td></tr>
 * <tr><td>{@code fedflow.command.retries}</td><td>counter</td><td>command</td></tr>
 * <tr><td>{@code fedflow.jobs}</td><td>counter</td><td>by, status (the new one)</td></tr>
 * <tr><td>{@code fedflow.job.status}</td><td>timer</td><td>by, status (the one left)</td></tr>
 * <tr><td>{@code fedflow.ignored}</td><td>counter</td><td>by, message</td></tr>
 * <tr><td>{@code fedflow.attempts.started}</td><td>counter</td><td>module, role</td></tr>
 * <tr><td>{@code fedflow.attempt}</td><td>timer</td><td>module, role, status</td></tr>
 * <tr><td>{@code fedflow.slots.wait}</td><td>timer</td><td></td></tr>
 * <tr><td>{@code fedflow.takeovers}</td><td>counter of jobs</td><td></td></tr>
 * <tr><td>{@code fedflow.fences}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code fedflow.slots.granted}</td><td>counter of slots</td><td></td></tr>
 * </table>
 */
public final class MeterTelemetry implements Telemetry {

  private final MeterRegistry meters;

  /** Counts in a registry, which stays the host's. */
  public MeterTelemetry(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void signal(Signal signal) {
    if (signal instanceof Signal.TurnStored stored) {
      String by = role(stored.by());
      time("fedflow.turn", stored.nanos(), "by", by);
      meters.summary("fedflow.turn.rows", "by", by).record(stored.rows());
    } else if (signal instanceof Signal.CommandSent sent) {
      String delivery = sent.delivery().text();
      time("fedflow.command", sent.nanos(), "command", sent.command(), "delivery", delivery);
    } else if (signal instanceof Signal.CommandRetried retried) {
      count("fedflow.command.retries", "command", retried.command());
    } else if (signal instanceof Signal.JobMoved moved) {
      moved(moved);
    } else if (signal instanceof Signal.EffectDone done) {
      count("fedflow.effects", "by", role(done.by()), "effect", done.effect());
    } else if (signal instanceof Signal.MessageIgnored ignored) {
      count("fedflow.ignored", "by", role(ignored.by()), "message", ignored.message());
    } else if (signal instanceof Signal.AttemptStarted started) {
      String role = started.party().role().name();
      count("fedflow.attempts.started", "module", started.module(), "role", role);
    } else if (signal instanceof Signal.AttemptEnded ended) {
      ended(ended);
    } else if (signal instanceof Signal.StoreRetried) {
      count("fedflow.store.retries");
    } else if (signal instanceof Signal.JobTakenOver) {
      count("fedflow.takeovers");
    } else if (signal instanceof Signal.InstanceFenced) {
      count("fedflow.fences");
    } else {
      granted((Signal.SlotsGranted) signal);
    }
  }

  private void moved(Signal.JobMoved moved) {
    String by = role(moved.by());
    count("fedflow.jobs", "by", by, "status", moved.to().text());
    long nanos = TimeUnit.MILLISECONDS.toNanos(moved.millis());
    time("fedflow.job.status", nanos, "by", by, "status", moved.from().text());
  }

  private void ended(Signal.AttemptEnded ended) {
    time(
        "fedflow.attempt",
        ended.nanos(),
        "module",
        ended.module(),
        "role",
        ended.party().role().name(),
        "status",
        ended.status().text());
  }

  private void granted(Signal.SlotsGranted granted) {
    meters.timer("fedflow.slots.wait").record(granted.waitedMillis(), TimeUnit.MILLISECONDS);
    meters.counter("fedflow.slots.granted").increment(granted.slots());
  }

  private void time(String name, long nanos, String... tags) {
    meters.timer(name, tags).record(nanos, TimeUnit.NANOSECONDS);
  }

  private void count(String name, String... tags) {
    meters.counter(name, tags).increment();
  }

  /** The role of {@code role:id}; the coordinator is itself. */
  private static String role(String by) {
    int colon = by.indexOf(':');
    return colon < 0 ? by : by.substring(0, colon);
  }
}
