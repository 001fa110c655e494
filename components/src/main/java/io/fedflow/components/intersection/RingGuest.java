package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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

  RingGuest(TaskContext context, MaskSettings settings, Mask mask, OwnIds own) {
    this.context = context;
    this.settings = settings;
    this.mask = mask;
    this.own = own;
    this.hosts = context.federation().parties(Role.HOST);
    this.ring = new CountRing(hosts.size());
  }

  Outcome run() throws InterruptedException {
    context
        .federation()
        .sendAll(hosts, MessageTag.of(IntersectionMessages.SETTINGS), settings.toPayload());
    List<MaskedSet> sets = new ArrayList<>();
    for (Party host : hosts) {
      Channel channel = new Channel(context.federation(), host, Channel.GUEST_ASKS);
      sets.add(
          MaskedSet.receive(
              channel, IntersectionMessages.MASKED_IDS, mask, channel.receiveCount()));
    }
    sets.add(MaskedSet.of(own));
    for (int hop = 1; hop <= hosts.size(); hop++) {
      context.checkStopped();
      hop(sets, hop);
      context.tracker().progress((double) hop / hosts.size(), "ids masked");
    }
    int count = count(sets);
    if (settings.sync()) {
      for (Party host : hosts) {
        new Channel(context.federation(), host, Channel.GUEST_ASKS)
            .send(IntersectionMessages.CARDINALITY, Payload.ofLongs(count));
      }
    }
    return Outcome.counted(count);
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
                channel(set, hop), IntersectionMessages.RELAYED_IDS, mask, sets.get(set).count()));
      }
    }
  }

  private Channel channel(int set, int hop) {
    return CountRing.channel(context.federation(), hosts.get(ring.hostAt(set, hop)), set);
  }

  private int count(List<MaskedSet> sets) {
    KeyIndex ownKeys = sets.get(ring.guestSet()).keys(mask, false);
    List<KeyIndex> theirs = new ArrayList<>();
    for (int host = 0; host < hosts.size(); host++) {
      KeyIndex keys = sets.get(host).keys(mask, true);
      int twice = keys.build();
      if (twice >= 0) {
        throw new Channel(context.federation(), hosts.get(host), Channel.GUEST_ASKS)
            .malformed("a masked id twice, again at position " + twice);
      }
      theirs.add(keys);
    }
    return (int)
        IntStream.range(0, ownKeys.count())
            .filter(i -> theirs.stream().allMatch(keys -> keys.find(ownKeys, i) >= 0))
            .count();
  }
}
