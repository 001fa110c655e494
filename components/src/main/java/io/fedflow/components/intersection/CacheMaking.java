package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.intersection.IntersectionCache.HostSet;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
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
  IntersectionCache run() throws InterruptedException {
    return context.self().role().equals(Role.GUEST) ? guest() : host();
  }

  private IntersectionCache guest() throws InterruptedException {
    List<Party> hosts = context.federation().parties(Role.HOST);
    context
        .federation()
        .sendAll(hosts, MessageTag.of(IntersectionMessages.SETTINGS), settings.toPayload());
    String id = IntersectionCache.freshId(context.entropy());
    for (Party host : hosts) {
      IntersectionCache.tell(channel(host), id);
    }
    Mask mask = settings instanceof MaskSettings masked ? Mask.fresh(masked, context) : null;
    int keyBits = settings instanceof RsaSettings rsa ? rsa.keyBits() : 0;
    Map<Party, HostSet> sets = new LinkedHashMap<>();
    for (Party host : hosts) {
      context.checkStopped();
      sets.put(
          host,
          mask == null
              ? signed(channel(host), keyBits)
              : new HostSet(NOTHING, masked(channel(host), mask)));
      context.tracker().progress((double) sets.size() / hosts.size(), "ids of hosts kept");
    }
    return new IntersectionCache(
        id, settings, mask == null ? NOTHING : mask.secret(), sets, List.of());
  }

  /** The ids of a host under its signatures. */
  private static HostSet signed(Channel channel, int keyBits) throws InterruptedException {
    Published published = Published.receive(channel, keyBits);
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    SignedIds.receive(channel, published.count(), digests::writeBytes);
    return new HostSet(published.key().encode(), digests.toByteArray());
  }

  /** The ids of a host under the masks of both. */
  private byte[] masked(Channel channel, Mask mask) throws InterruptedException {
    int count = channel.receiveCount();
    MemoryMatch kept = new MemoryMatch(count, 0);
    MaskedPeer peer = new MaskedPeer(channel, count, new Batches(0), kept);
    for (int batch = 0; batch < peer.batches(); batch++) {
      context.checkStopped();
      peer.takeIds(mask, batch);
    }
    peer.positions();
    return kept.theirs();
  }

  private IntersectionCache host() throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    settings.requireEqual(
        guest, context.federation().receive(guest, MessageTag.of(IntersectionMessages.SETTINGS)));
    Channel channel = channel(guest);
    String id = IntersectionCache.hear(channel);
    return settings instanceof RsaSettings rsa
        ? signed(channel, id, rsa)
        : masked(channel, id, (MaskSettings) settings);
  }

  private IntersectionCache signed(Channel channel, String id, RsaSettings rsa)
      throws InterruptedException {
    Signer signer = Signer.fresh(context, suite, channel, rsa);
    int[] published = signer.publish(HashedIds.of(ids, rsa), KeyRoom.of(context, 1));
    return new IntersectionCache(id, rsa, signer.secret(), Map.of(), inOrder(published));
  }

  private IntersectionCache masked(Channel channel, String id, MaskSettings masks)
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
    return new IntersectionCache(id, masks, mask.secret(), Map.of(), inOrder(order));
  }

  private List<String> inOrder(int[] order) {
    return Arrays.stream(order).mapToObj(row -> ids[row]).toList();
  }

  private Channel channel(Party peer) {
    return new Channel(context.federation(), peer, Channel.GUEST_ASKS);
  }
}
