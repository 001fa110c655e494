package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The guest that counts the ids which it and all of several hosts have. Hosts shuffle what they
 * mask, so it cannot tell which ids those are; it can count what any of the sets have in common.
 * Used by one thread.
 */
final class RingGuest {

  private final TaskContext context;
  private final MaskSettings settings;
  private final Mask mask;
  private final OwnIds own;
  private final List<Party> hosts;
  private final CountRing ring;
  private final KeyRoom room;

  RingGuest(TaskContext context, MaskSettings settings, Mask mask, OwnIds own) {
    this.context = context;
    this.settings = settings;
    this.mask = mask;
    this.own = own;
    this.hosts = context.federation().parties(Role.HOST);
    this.ring = new CountRing(hosts.size());
    this.room = KeyRoom.of(context, hosts.size() + 1);
  }

  Outcome run() throws InterruptedException {
    context
        .federation()
        .sendAll(hosts, MessageTag.of(IntersectionMessages.SETTINGS), settings.toPayload());
    List<MaskedSet> sets = new ArrayList<>();
    int count;
    try {
      for (Party host : hosts) {
        Channel channel = new Channel(context.federation(), host, Channel.GUEST_ASKS);
        sets.add(
            MaskedSet.receive(
                channel, IntersectionMessages.MASKED_IDS, mask, channel.receiveCount(), room));
      }
      sets.add(ownSet());
      for (int hop = 1; hop <= hosts.size(); hop++) {
        context.checkStopped();
        hop(sets, hop);
        context.tracker().progress((double) hop / hosts.size(), "ids masked");
      }
      count = count(sets);
    } finally {
      sets.forEach(MaskedSet::close);
    }
    if (settings.sync()) {
      for (Party host : hosts) {
        new Channel(context.federation(), host, Channel.GUEST_ASKS)
            .send(IntersectionMessages.CARDINALITY, Payload.ofLongs(count));
      }
    }
    return Outcome.counted(count);
  }

  private MaskedSet ownSet() throws InterruptedException {
    MaskedSet set = MaskedSet.inOrder(room, mask.width(), own.count());
    try {
      for (int batch = 0; batch < own.batches().size(); batch++) {
        context.checkStopped();
        set.addMessage(own.masked(batch).message());
      }
      return set;
    } catch (InterruptedException | RuntimeException failed) {
      set.close();
      throw failed;
    }
  }

  /** All hosts work at the same time, each on a set or two. */
  private void hop(List<MaskedSet> sets, int hop) throws InterruptedException {
    for (int set = 0; set < sets.size(); set++) {
      if (hop <= ring.hops(set)) {
        Channel channel = channel(set, hop);
        channel.sendCount(sets.get(set).count());
        sets.get(set).send(channel, IntersectionMessages.RELAYED_IDS);
      }
    }
    for (int set = 0; set < sets.size(); set++) {
      if (hop <= ring.hops(set)) {
        sets.set(
            set,
            MaskedSet.receive(
                channel(set, hop),
                IntersectionMessages.RELAYED_IDS,
                mask,
                sets.get(set).count(),
                room));
      }
    }
  }

  private Channel channel(int set, int hop) {
    return CountRing.channel(context.federation(), hosts.get(ring.hostAt(set, hop)), set);
  }

  private int count(List<MaskedSet> sets) throws InterruptedException {
    List<KeyMatch> matches = new ArrayList<>();
    try {
      for (int host = 0; host < hosts.size(); host++) {
        KeyMatch match = room.match(sets.get(host).count(), own.count());
        matches.add(match);
        sets.get(host)
            .giveMessagesTo(
                (batch, message) -> {
                  context.checkStopped();
                  match.addTheirs(mask.again(message).keys());
                });
      }
      sets.get(ring.guestSet())
          .giveMessagesTo(
              (batch, message) -> {
                byte[] keys = mask.read(message).keys();
                matches.forEach(match -> match.addOwn(keys));
              });
      return common(matches);
    } finally {
      matches.forEach(KeyMatch::close);
    }
  }

  private int common(List<KeyMatch> matches) throws InterruptedException {
    BitSet common = new BitSet(own.count());
    common.set(0, own.count());
    for (int host = 0; host < hosts.size(); host++) {
      Channel channel = new Channel(context.federation(), hosts.get(host), Channel.GUEST_ASKS);
      KeyMatch.Positions found = matches.get(host).positions();
      if (found.theirsTwice() >= 0) {
        throw channel.malformed("a masked id twice, again at position " + found.theirsTwice());
      }
      if (found.ownTwice() >= 0) {
        throw channel.malformed(
            "an id of this party twice after all hosts masked it, again at position "
                + found.ownTwice());
      }
      for (int i = 0; i < found.of().length; i++) {
        if (found.of()[i] < 0) {
          common.clear(i);
        }
      }
      matches.get(host).close();
    }
    return common.cardinality();
  }
}
