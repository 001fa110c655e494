package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The guest in an intersection by commutative masks. Used by one thread. */
final class MaskedGuest {

  private final TaskContext context;
  private final MaskSettings settings;
  private final Mask mask;
  private final OwnIds own;
  private final Opening opening;

  /** Begins with one host. */
  @FunctionalInterface
  interface Opening {
    /** Tells how many ids the guest brings, and knows how many the host has. */
    MaskedPeer open(Channel channel, Batches own) throws InterruptedException;
  }

  /**
   * A guest that gets the ids of all hosts.
   *
   * @param room where they wait
   */
  MaskedGuest(TaskContext context, MaskSettings settings, Mask mask, OwnIds own, KeyRoom room) {
    this(context, settings, mask, own, (channel, cut) -> opened(channel, cut, room));
  }

  MaskedGuest(TaskContext context, MaskSettings settings, Mask mask, OwnIds own, Opening opening) {
    this.context = context;
    this.settings = settings;
    this.mask = mask;
    this.own = own;
    this.opening = opening;
  }

  private static MaskedPeer opened(Channel channel, Batches own, KeyRoom room)
      throws InterruptedException {
    channel.sendCount(own.count());
    int theirs = channel.receiveCount();
    return new MaskedPeer(channel, theirs, own, room.match(theirs, own.count()));
  }

  Outcome run() throws InterruptedException {
    return meet(peers -> settings.countOnly() ? count(peers.get(0)) : rows(peers));
  }

  /** What is done with the hosts' answers. */
  @FunctionalInterface
  interface Meeting<T> {
    T of(List<MaskedPeer> peers) throws InterruptedException;
  }

  /**
   * Compares own ids with those of every host, of which nobody hears the result yet.
   *
   * @param meeting takes one for each host, which are closed after it
   */
  <T> T meet(Meeting<T> meeting) throws InterruptedException {
    List<Party> hosts = context.federation().parties(Role.HOST);
    context
        .federation()
        .sendAll(hosts, MessageTag.of(IntersectionMessages.SETTINGS), settings.toPayload());
    List<MaskedPeer> peers = new ArrayList<>();
    try {
      for (Party host : hosts) {
        peers.add(
            opening.open(
                new Channel(context.federation(), host, Channel.GUEST_ASKS), own.batches()));
      }
      exchange(peers);
      return meeting.of(peers);
    } finally {
      peers.forEach(MaskedPeer::close);
    }
  }

  private void exchange(List<MaskedPeer> peers) throws InterruptedException {
    int ownBatches = own.batches().size();
    int most = peers.stream().mapToInt(MaskedPeer::batches).max().orElse(0);
    int rounds = Math.max(ownBatches, most) + 1;
    for (int batch = 0; batch < rounds; batch++) {
      context.checkStopped();
      if (batch < ownBatches) {
        Payload masked = Payload.ofBytes(own.masked(batch).message());
        for (MaskedPeer peer : peers) {
          peer.channel().send(IntersectionMessages.MASKED_IDS, batch, masked);
        }
      }
      for (MaskedPeer peer : peers) {
        if (batch < peer.batches()) {
          peer.takeIds(mask, batch);
        }
      }
      // One batch later, so that hosts answer while this side masks what they sent.
      for (MaskedPeer peer : peers) {
        if (!settings.countOnly() && batch > 0 && batch <= ownBatches) {
          peer.takeTwiceMasked(batch - 1);
        }
      }
      context.tracker().progress((double) (batch + 1) / rounds, "ids masked");
    }
  }

  private Outcome count(MaskedPeer peer) throws InterruptedException {
    for (int batch = 0; batch < own.batches().size(); batch++) {
      peer.takeTwiceMasked(batch);
    }
    int count = (int) Arrays.stream(peer.positions()).filter(position -> position >= 0).count();
    if (settings.sync()) {
      peer.channel().send(IntersectionMessages.CARDINALITY, Payload.ofLongs(count));
    }
    return Outcome.counted(count);
  }

  private Outcome rows(List<MaskedPeer> peers) throws InterruptedException {
    List<int[]> positions = new ArrayList<>();
    for (MaskedPeer peer : peers) {
      positions.add(peer.positions());
    }
    int[] common =
        IntStream.range(0, own.count())
            .filter(i -> positions.stream().allMatch(of -> of[i] >= 0))
            .toArray();
    if (settings.sync()) {
      for (int h = 0; h < peers.size(); h++) {
        int[] of = positions.get(h);
        peers
            .get(h)
            .channel()
            .sendPositions(
                IntersectionMessages.RESULT,
                Arrays.stream(common).map(i -> of[i]).sorted().toArray());
      }
    }
    return Outcome.of(Arrays.stream(common).map(own::row).sorted().toArray());
  }
}
