package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.security.SecureRandom;
import java.util.Arrays;

/** A host in an intersection by commutative masks. Used by one thread. */
final class MaskedHost {

  private final TaskContext context;
  private final MaskSettings settings;
  private final Mask mask;
  private final OwnIds own;
  private final Channel channel;

  MaskedHost(TaskContext context, MaskSettings settings, Mask mask, OwnIds own, Party guest) {
    this.context = context;
    this.settings = settings;
    this.mask = mask;
    this.own = own;
    this.channel = new Channel(context.federation(), guest, Channel.GUEST_ASKS);
  }

  Outcome run() throws InterruptedException {
    meet();
    return settings.sync() ? result() : Outcome.unknown();
  }

  /**
   * Lets the guest compare its ids with own ones.
   *
   * @return how many ids the guest has
   */
  int meet() throws InterruptedException {
    boolean sends = settings.cache() != CacheUse.USED;
    if (sends) {
      channel.sendCount(own.count());
    }
    int asked = channel.receiveCount();
    Batches theirs = new Batches(asked);
    MaskedKeys all = new MaskedKeys(settings.countOnly() ? asked : 0);
    int ownBatches = sends ? own.batches().size() : 0;
    int rounds = Math.max(ownBatches, theirs.size());
    for (int batch = 0; batch < rounds; batch++) {
      context.checkStopped();
      if (batch < ownBatches) {
        channel.send(
            IntersectionMessages.MASKED_IDS, batch, Payload.ofBytes(own.masked(batch).message()));
      }
      if (batch < theirs.size()) {
        Mask.MaskedIds twice = takeBatch(batch, theirs.sizeOf(batch));
        if (settings.countOnly()) {
          all.add(twice.keys());
        } else if (!sends) {
          channel.send(IntersectionMessages.EXCHANGED_IDS, batch, Payload.ofBytes(twice.message()));
        } else {
          channel.send(
              IntersectionMessages.TWICE_MASKED_IDS, batch, MaskedKeys.encode(twice.keys()));
        }
      }
      context.tracker().progress((double) (batch + 1) / rounds, "ids masked");
    }
    if (settings.countOnly()) {
      sendShuffled(all, theirs);
    }
    return asked;
  }

  private Mask.MaskedIds takeBatch(int batch, int expected) throws InterruptedException {
    Mask.MaskedIds twice =
        channel
            .receive(IntersectionMessages.MASKED_IDS, batch)
            .read(Payload.Format.BYTES, mask::again);
    if (twice.count() != expected) {
      throw channel.malformed(twice.count() + " masked ids, expected " + expected);
    }
    return twice;
  }

  /** In another order the guest can count what is common, and not tell which ids that are. */
  private void sendShuffled(MaskedKeys all, Batches batches) throws InterruptedException {
    SecureRandom random = context.entropy();
    byte[] shuffled = all.inOrder(RandomOrder.of(batches.count(), random));
    for (int batch = 0; batch < batches.size(); batch++) {
      channel.send(
          IntersectionMessages.TWICE_MASKED_IDS,
          batch,
          MaskedKeys.encode(
              Arrays.copyOfRange(
                  shuffled,
                  batches.from(batch) * KeyIndex.WIDTH,
                  batches.to(batch) * KeyIndex.WIDTH)));
    }
  }

  private Outcome result() throws InterruptedException {
    if (settings.countOnly()) {
      return Outcome.counted(channel.receiveCardinality(own.count()));
    }
    return Outcome.of(
        Arrays.stream(channel.receivePositions(IntersectionMessages.RESULT, own.count()))
            .map(own::row)
            .sorted()
            .toArray());
  }
}
