package io.fedflow.components.intersection;

import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.intersection.IntersectionCache.HostSet;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes the caches of guest and hosts: hosts sign or mask all their ids and send them once, the
 * guest keeps them as it will compare them. The guest sends no id, and nobody learns which ids are
 * common.
 */
final class CacheMaking {

  private static final byte[] NOTHING = {};

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Settings settings;
  private final String[] ids;

  CacheMaking(TaskContext context, CryptoSuite suite, Settings settings, String[] ids) {
    this.context = context;
    this.suite = suite;
    this.settings = settings;
    this.ids = ids;
  }

  /** Runs; gives this party's half. */
  TaskCache run() throws InterruptedException {
    return context.self().role().equals(Role.GUEST) ? guest() : host();
  }

  private TaskCache guest() throws InterruptedException {
    List<Party> hosts = context.federation().parties(Role.HOST);
    context
        .federation()
        .sendAll(hosts, MessageTag.of(IntersectionMessages.SETTINGS), settings.toPayload());
    String id = IntersectionCache.freshId(context.entropy());
    for (Party host : hosts) {
      IntersectionCache.tell(channel(host), id);
    }
    Mask mask = settings instanceof MaskSettings masked ? Mask.fresh(masked, context) : null;
    byte[] secret = mask == null ? NOTHING : mask.secret();
    KeyRoom room = KeyRoom.of(context, hosts.size() + 1);
    Map<Party, HostSet> sets = new LinkedHashMap<>();
    List<MaskedSet> waiting = new ArrayList<>();
    try {
      for (Party host : hosts) {
        context.checkStopped();
        sets.put(
            host, mask == null ? signed(host, room, waiting) : masked(host, mask, room, waiting));
        context.tracker().progress((double) sets.size() / hosts.size(), "ids of hosts kept");
      }
      context.checkStopped();
      return new IntersectionCache(id, settings, secret, sets, List.of()).toTaskCache();
    } finally {
      waiting.forEach(MaskedSet::close);
    }
  }

  /** The ids of a host under its signatures; what waits is to be closed. */
  private HostSet signed(Party host, KeyRoom room, List<MaskedSet> waiting)
      throws InterruptedException {
    Channel channel = channel(host);
    Published published = Published.receive(channel, ((RsaSettings) settings).keyBits());
    MaskedSet keys = MaskedSet.inOrder(room, KeyIndex.WIDTH, published.count());
    waiting.add(keys);
    SignedIds.receive(channel, published.count(), keys::add);
    return new HostSet(published.key().encode(), keys);
  }

  /** The ids of a host under the masks of both, none of them twice; what waits is to be closed. */
  private HostSet masked(Party host, Mask mask, KeyRoom room, List<MaskedSet> waiting)
      throws InterruptedException {
    Channel channel = channel(host);
    int count = channel.receiveCount();
    MaskedSet keys = MaskedSet.inOrder(room, KeyIndex.WIDTH, count);
    waiting.add(keys);
    try (MaskedPeer peer = new MaskedPeer(channel, count, new Batches(0), room.match(count, 0))) {
      for (int batch = 0; batch < peer.batches(); batch++) {
        context.checkStopped();
        keys.add(peer.takeIds(mask, batch));
      }
      peer.positions();
    }
    return new HostSet(NOTHING, keys);
  }

  private TaskCache host() throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    settings.requireEqual(
        guest, context.federation().receive(guest, MessageTag.of(IntersectionMessages.SETTINGS)));
    Channel channel = channel(guest);
    String id = IntersectionCache.hear(channel);
    return settings instanceof RsaSettings rsa
        ? signed(channel, id, rsa)
        : masked(channel, id, (MaskSettings) settings);
  }

  private TaskCache signed(Channel channel, String id, RsaSettings rsa)
      throws InterruptedException {
    Signer signer = Signer.fresh(context, suite, channel, rsa);
    int[] published = signer.publish(HashedIds.of(ids, rsa), KeyRoom.of(context, 1));
    return new IntersectionCache(id, rsa, signer.secret(), Map.of(), inOrder(published))
        .toTaskCache();
  }

  private TaskCache masked(Channel channel, String id, MaskSettings masks)
      throws InterruptedException {
    Mask mask = Mask.fresh(masks, context);
    OwnIds own = OwnIds.shuffled(ids, masks.hash(), mask, context.entropy());
    channel.sendCount(own.count());
    for (int batch = 0; batch < own.batches().size(); batch++) {
      context.checkStopped();
      channel.send(
          IntersectionMessages.MASKED_IDS, batch, Payload.ofBytes(own.masked(batch).message()));
      context.tracker().progress((double) (batch + 1) / own.batches().size(), "ids masked");
    }
    int[] order = IntStream.range(0, own.count()).map(own::row).toArray();
    return new IntersectionCache(id, masks, mask.secret(), Map.of(), inOrder(order)).toTaskCache();
  }

  /** A view: the ids are in memory with their table. */
  private Collection<String> inOrder(int[] order) {
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        return ids[order[index]];
      }

      @Override
      public int size() {
        return order.length;
      }
    };
  }

  private Channel channel(Party peer) {
    return new Channel(context.federation(), peer, Channel.GUEST_ASKS);
  }
}
