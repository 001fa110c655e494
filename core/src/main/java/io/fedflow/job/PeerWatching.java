package io.fedflow.job;

import io.fedflow.party.Party;
import io.fedflow.spi.PeerWatch;
import io.fedflow.spi.PeerWatch.Silence;
import io.fedflow.spi.Timers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Watches the sites that a running job depends on, and gives up on one that stays silent for longer
 * than this site is patient. Thread-safe.
 */
final class PeerWatching {

  private final PeerWatch watch;
  private final Timers timers;
  private final LongSupplier patienceMillis;
  private final BiConsumer<Party, String> lost;
  private final Map<Party, Watched> watched = new HashMap<>();

  /**
   * Watches nobody at first.
   *
   * @param patienceMillis how long a site may be silent, asked whenever one falls silent
   * @param lost gets the party that was silent for too long, and the cause for what ends of that
   */
  PeerWatching(EngineParts parts, LongSupplier patienceMillis, BiConsumer<Party, String> lost) {
    this.watch = parts.peers();
    this.timers = parts.timers();
    this.patienceMillis = patienceMillis;
    this.lost = lost;
  }

  /** Watches these parties and no others. */
  void only(Set<Party> parties) {
    List<Watched> left = new ArrayList<>();
    List<Watched> come = new ArrayList<>();
    synchronized (this) {
      watched.values().removeIf(each -> !parties.contains(each.party) && left.add(each));
      for (Party party : parties) {
        watched.computeIfAbsent(
            party,
            p -> {
              Watched fresh = new Watched(p);
              come.add(fresh);
              return fresh;
            });
      }
    }
    left.forEach(Watched::close);
    come.forEach(Watched::open);
  }

  /** How it stands with parties, by what was sent to them and by what is noticed of their sites. */
  synchronized List<PeerLane.Contact> seen(List<PeerLane.Contact> sent) {
    Map<Party, PeerLane.Contact> all = new TreeMap<>();
    sent.forEach(contact -> all.put(contact.party(), contact));
    watched.forEach(
        (party, each) ->
            each.silence.ifPresent(
                silence -> all.merge(party, unreachable(party, silence), PeerWatching::either)));
    return List.copyOf(all.values());
  }

  private static PeerLane.Contact unreachable(Party party, Silence silence) {
    return new PeerLane.Contact(party, 0, silence.since(), 0, silence.failure());
  }

  /** A lane that fails itself tells more; one that is idle does not know. */
  private static PeerLane.Contact either(PeerLane.Contact sent, PeerLane.Contact noticed) {
    return sent.failingSince() != 0
        ? sent
        : new PeerLane.Contact(
            sent.party(),
            sent.lastContact(),
            noticed.failingSince(),
            noticed.nextTry(),
            noticed.failure());
  }

  /** One party whose site is watched. */
  private final class Watched {

    private final Party party;
    private final Alarm patience = new Alarm(timers);
    private volatile Optional<Silence> silence = Optional.empty();
    private volatile long waitedMillis;
    private PeerWatch.Watch open;
    private boolean closed;

    private Watched(Party party) {
      this.party = party;
    }

    private void open() {
      PeerWatch.Watch opened = watch.watch(party, this::told);
      boolean late;
      synchronized (this) {
        late = closed;
        open = opened;
      }
      if (late) {
        opened.close();
      }
    }

    private void told(Optional<Silence> news) {
      silence = news;
      if (news.isPresent()) {
        waitedMillis = Math.max(1, patienceMillis.getAsLong());
        patience.set(waitedMillis, this::giveUp);
      } else {
        patience.clear();
      }
    }

    private void giveUp() {
      silence.ifPresent(
          still ->
              lost.accept(
                  party,
                  party
                      + " cannot be reached since "
                      + Instant.ofEpochMilli(still.since())
                      + ", for longer than "
                      + waitedMillis / 1000.0
                      + " s: "
                      + still.failure()
                      + " ["
                      + CauseCode.PARTY_UNREACHABLE
                      + ']'));
    }

    private void close() {
      PeerWatch.Watch opened;
      synchronized (this) {
        closed = true;
        opened = open;
      }
      patience.close();
      if (opened != null) {
        opened.close();
      }
    }
  }
}
