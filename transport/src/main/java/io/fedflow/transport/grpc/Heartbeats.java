package io.fedflow.transport.grpc;

import io.fedflow.spi.PeerWatch.Silence;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Greets the sites of parties that somebody watches, every quarter of the time after which a site
 * counts as silent. One that does not answer loses its connections: calls on them fail and are
 * tried again over new ones, where a connection that only looks open would keep them for long.
 * Confined to one context.
 */
final class Heartbeats {

  private static final System.Logger LOG = System.getLogger(Heartbeats.class.getName());

  private final Vertx vertx;
  private final Peers peers;
  private final long pauseMillis;
  private final long answerMillis;
  private final Map<String, Pulse> pulses = new HashMap<>();
  private final Set<String> skewed = new HashSet<>();
  private final Map<SiteAddress, Long> answered = new HashMap<>();
  private final long answerNanos;
  private boolean closed;

  /**
   * Greets nobody so far.
   *
   * @param silentAfter how long after its last answer a site counts as silent
   */
  Heartbeats(Vertx vertx, Peers peers, Duration silentAfter) {
    this.vertx = vertx;
    this.peers = peers;
    this.pauseMillis = Math.max(1, silentAfter.toMillis() / 4);
    this.answerMillis = Math.max(1, silentAfter.toMillis() - pauseMillis);
    this.answerNanos = TimeUnit.MILLISECONDS.toNanos(answerMillis);
  }

  /** Adds somebody who watches a party's site; told at once if it is silent already. */
  void watch(String partyId, Consumer<Optional<Silence>> told) {
    Pulse pulse = pulses.computeIfAbsent(partyId, Pulse::new);
    pulse.watchers.add(told);
    if (pulse.watchers.size() == 1) {
      pulse.beat();
    } else if (pulse.silence != null) {
      told.accept(Optional.of(pulse.silence));
    }
  }

  /** Takes one away again. */
  void unwatch(String partyId, Consumer<Optional<Silence>> told) {
    Pulse pulse = pulses.get(partyId);
    if (pulse != null && pulse.watchers.remove(told) && pulse.watchers.isEmpty()) {
      pulses.remove(partyId);
      pulse.end();
      if (pulses.isEmpty()) {
        answered.clear();
      }
    }
  }

  /** Whether a relay there, which has no answer of one party, lives and passes on others'. */
  private boolean answersOthers(SiteAddress site) {
    Long last = answered.get(site);
    return last != null && System.nanoTime() - last < answerNanos;
  }

  /** What is known of the watched parties. */
  List<PeerPulse> known() {
    return pulses.values().stream().map(Pulse::known).toList();
  }

  /** Greets nobody any more. */
  void close() {
    closed = true;
    pulses.values().forEach(Pulse::end);
  }

  /** The heart of one party's site, as heard from here. */
  private final class Pulse {

    private final String partyId;
    private final List<Consumer<Optional<Silence>>> watchers = new ArrayList<>();
    private long timer = -1;
    private boolean over;
    private Silence silence;
    private long skewMillis;

    private Pulse(String partyId) {
      this.partyId = partyId;
    }

    private PeerPulse known() {
      return new PeerPulse(partyId, silence == null ? 0 : silence.since(), skewMillis);
    }

    private void end() {
      over = true;
      vertx.cancelTimer(timer);
    }

    private void beat() {
      if (over || closed) {
        return;
      }
      long begun = System.currentTimeMillis();
      greet(peers.way(partyId), new ArrayList<>())
          .onComplete(answered -> heard(), failed -> missed(begun, failed.getMessage()))
          .onComplete(
              any -> {
                if (!over && !closed) {
                  timer = vertx.setTimer(pauseMillis, id -> beat());
                }
              });
    }

    /** Greets one address after the other until one answers. */
    private Future<Void> greet(Way way, List<String> failures) {
      Optional<SiteAddress> next = way.next();
      if (next.isEmpty()) {
        return Future.failedFuture("no route leads to party id " + partyId + " any more");
      }
      SiteAddress site = next.get();
      long before = System.currentTimeMillis();
      long nanos = System.nanoTime();
      return peers
          .greet(site, partyId, answerMillis)
          .onSuccess(
              reply -> {
                way.worked(site);
                answered.put(site, System.nanoTime());
                long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
                compareClocks(reply, before + tookMillis / 2, tookMillis);
              })
          .<Void>mapEmpty()
          .recover(
              failure -> {
                way.failed(site);
                if (System.nanoTime() - nanos >= answerNanos && !answersOthers(site)) {
                  peers.disconnect(site);
                }
                failures.add("at " + site + ": " + failure.getMessage());
                return way.more()
                    ? greet(way, failures)
                    : Future.failedFuture(String.join("; ", failures));
              });
    }

    private void compareClocks(HelloReply reply, long here, long tookMillis) {
      if (reply.getClock() == 0) {
        return;
      }
      skewMillis = Skew.millis(reply, here, tookMillis);
      Optional<String> warning = Skew.warning(partyId, skewMillis);
      if (warning.isEmpty()) {
        skewed.remove(partyId);
      } else if (skewed.add(partyId)) {
        LOG.log(System.Logger.Level.WARNING, warning.get());
      }
    }

    private void heard() {
      if (silence != null && !over) {
        silence = null;
        LOG.log(System.Logger.Level.INFO, () -> "party " + partyId + " answers again");
        tell(Optional.empty());
      }
    }

    private void missed(long since, String why) {
      if (over) {
        return;
      }
      boolean begins = silence == null;
      silence = new Silence(begins ? since : silence.since(), String.valueOf(why));
      if (begins) {
        LOG.log(
            System.Logger.Level.WARNING,
            () -> "the site of party " + partyId + " does not answer: " + why);
        tell(Optional.of(silence));
      }
    }

    private void tell(Optional<Silence> news) {
      for (Consumer<Optional<Silence>> watcher : List.copyOf(watchers)) {
        try {
          watcher.accept(news);
        } catch (RuntimeException bug) {
          LOG.log(System.Logger.Level.ERROR, "whoever watches party " + partyId + " threw", bug);
        }
      }
    }
  }
}
