package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
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
    if (!settings.countOnly()) {
      mask(
          sends,
          theirs,
          sends
              ? (batch, twice) ->
                  channel.send(
                      IntersectionMessages.TWICE_MASKED_IDS, batch, MaskedKeys.encode(twice.keys()))
              : (batch, twice) ->
                  channel.send(
                      IntersectionMessages.EXCHANGED_IDS, batch, Payload.ofBytes(twice.message())));
      return asked;
    }
    // In another order the guest can count what is common, and not tell which ids that are.
    try (MaskedSet all =
        MaskedSet.shuffled(KeyRoom.of(context, 1), KeyIndex.WIDTH, asked, context.entropy())) {
      mask(sends, theirs, (batch, twice) -> all.add(twice.keys()));
      all.giveTo(
          (batch, keys) ->
              channel.send(IntersectionMessages.TWICE_MASKED_IDS, batch, MaskedKeys.encode(keys)));
    }
    return asked;
  }

  /** What becomes of ids of the guest that this party masked, too. */
  @FunctionalInterface
  private interface Answer {
    void take(int batch, Mask.MaskedIds twice) throws InterruptedException;
  }

  /** Sends own ids, if that is wanted, and masks the guest's in turns with it. */
  private void mask(boolean sends, Batches theirs, Answer answer) throws InterruptedException {
    int ownBatches = sends ? own.batches().size() : 0;
    int rounds = Math.max(ownBatches, theirs.size());
    for (int batch = 0; batch < rounds; batch++) {
      context.checkStopped();
      if (batch < ownBatches) {
        channel.send(
            IntersectionMessages.MASKED_IDS, batch, Payload.ofBytes(own.masked(batch).message()));
      }
      if (batch < theirs.size()) {
        answer.take(batch, takeBatch(batch, theirs.sizeOf(batch)));
      }
      context.tracker().progress((double) (batch + 1) / rounds, "ids masked");
    }
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
