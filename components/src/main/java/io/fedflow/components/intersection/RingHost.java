package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;

/**
 * One of several hosts while ids are counted that all parties have: it masks and shuffles every set
 * that comes by. Used by one thread.
 */
final class RingHost {

  private final TaskContext context;
  private final MaskSettings settings;
  private final Mask mask;
  private final OwnIds own;
  private final Party guest;

  RingHost(TaskContext context, MaskSettings settings, Mask mask, OwnIds own, Party guest) {
    this.context = context;
    this.settings = settings;
    this.mask = mask;
    this.own = own;
    this.guest = guest;
  }

  Outcome run() throws InterruptedException {
    Channel channel = new Channel(context.federation(), guest, Channel.GUEST_ASKS);
    channel.sendCount(own.count());
    for (int batch = 0; batch < own.batches().size(); batch++) {
      context.checkStopped();
      channel.send(
          IntersectionMessages.MASKED_IDS, batch, Payload.ofBytes(own.masked(batch).message()));
    }
    CountRing ring = new CountRing(context.federation().parties(Role.HOST).size());
    int self = context.federation().parties(Role.HOST).indexOf(context.self());
    for (int hop = 1; hop <= ring.hosts(); hop++) {
      for (int set = 0; set <= ring.guestSet(); set++) {
        if (hop <= ring.hops(set) && ring.hostAt(set, hop) == self) {
          context.checkStopped();
          relay(CountRing.channel(context.federation(), guest, set));
        }
      }
      context.tracker().progress((double) hop / ring.hosts(), "ids masked");
    }
    return settings.sync()
        ? Outcome.counted(channel.receiveCardinality(own.count()))
        : Outcome.unknown();
  }

  /** Masks the ids of a set as they come, and sends them when all are there to be shuffled. */
  private void relay(Channel channel) throws InterruptedException {
    int count = channel.receiveCount();
    Batches batches = new Batches(count);
    try (MaskedSet set =
        MaskedSet.shuffled(KeyRoom.of(context, 1), mask.width(), count, context.entropy())) {
      for (int batch = 0; batch < batches.size(); batch++) {
        context.checkStopped();
        Mask.MaskedIds again =
            channel
                .receive(IntersectionMessages.RELAYED_IDS, batch)
                .read(Payload.Format.BYTES, mask::again);
        if (again.count() != batches.sizeOf(batch)) {
          throw channel.malformed(again.count() + " masked ids, expected " + batches.sizeOf(batch));
        }
        set.addMessage(again.message());
      }
      set.send(channel, IntersectionMessages.RELAYED_IDS);
    }
  }
}
