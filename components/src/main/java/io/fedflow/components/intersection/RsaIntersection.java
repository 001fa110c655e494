package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.RsaKeyPair;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The RSA protocol at one party. Source: De Cristofaro and Tsudik, FC 2010; FATE 1.11,
 * federatedml/statistic/intersect/rsa_intersect.
 */
final class RsaIntersection {

  private final TaskContext context;
  private final CryptoSuite suite;
  private final RsaSettings settings;
  private final String[] ids;
  private final Optional<IntersectionCache> cache;

  /**
   * A run.
   *
   * @param cache holds what hosts published before; then it never splits
   */
  RsaIntersection(
      TaskContext context,
      CryptoSuite suite,
      RsaSettings settings,
      String[] ids,
      Optional<IntersectionCache> cache) {
    this.context = context;
    this.suite = suite;
    this.settings = settings;
    this.ids = ids;
    this.cache = cache;
  }

  /**
   * Runs.
   *
   * @return own rows in the intersection; unknown at a host that does not receive them
   */
  Outcome run() throws InterruptedException {
    return context.self().role().equals(Role.GUEST) ? Outcome.of(guest()) : host();
  }

  private int[] guest() throws InterruptedException {
    List<Party> hosts = context.federation().parties(Role.HOST);
    context
        .federation()
        .sendAll(hosts, MessageTag.of(IntersectionMessages.SETTINGS), settings.toPayload());
    KeyRoom room = KeyRoom.of(context, hosts.size());
    HashedIds all = HashedIds.of(ids, settings);
    HashedIds even = settings.split() ? all.withParity(context, false) : null;
    HashedIds asked = settings.split() ? all.withParity(context, true) : all;
    List<EvenPart> evens = settings.split() ? openEvenParts(hosts, even, room) : List.of();
    List<Asker> askers = new ArrayList<>();
    try {
      for (Party host : hosts) {
        askers.add(asker(host, asked, room));
      }
      Asker.askAll(context, askers, asked.count());
    } finally {
      askers.forEach(Asker::close);
    }
    for (EvenPart part : evens) {
      part.finish();
    }
    BitSet common = new BitSet(ids.length);
    for (int i = 0; i < asked.count(); i++) {
      int id = i;
      common.set(asked.row(i), askers.stream().allMatch(asker -> asker.positions()[id] >= 0));
    }
    for (int i = 0; even != null && i < even.count(); i++) {
      int row = even.row(i);
      common.set(row, evens.stream().allMatch(part -> part.matched(row)));
    }
    if (settings.sync()) {
      for (int h = 0; h < hosts.size(); h++) {
        tellOdd(channel(hosts.get(h), Channel.GUEST_ASKS), askers.get(h), asked, common);
        if (settings.split()) {
          evens.get(h).tell(common);
        }
      }
    }
    return common.stream().toArray();
  }

  private Asker asker(Party host, HashedIds asked, KeyRoom room) throws InterruptedException {
    Channel channel = channel(host, Channel.GUEST_ASKS);
    if (cache.isEmpty()) {
      return Asker.open(context, suite, channel, asked, settings, room);
    }
    IntersectionCache.tell(channel, cache.get().id());
    return Asker.ofCache(context, suite, channel, asked, settings, cache.get().of(host), room);
  }

  private List<EvenPart> openEvenParts(List<Party> hosts, HashedIds even, KeyRoom room)
      throws InterruptedException {
    List<EvenPart> parts = new ArrayList<>();
    for (Party host : hosts) {
      parts.add(
          EvenPart.open(
              context, suite, channel(host, Channel.HOST_ASKS), even, settings, ids.length, room));
    }
    return parts;
  }

  private static void tellOdd(Channel channel, Asker asker, HashedIds asked, BitSet common)
      throws InterruptedException {
    int[] positions =
        IntStream.range(0, asked.count())
            .filter(i -> common.get(asked.row(i)))
            .map(i -> asker.positions()[i])
            .sorted()
            .toArray();
    channel.sendPositions(IntersectionMessages.RESULT, positions);
  }

  private Outcome host() throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    settings.requireEqual(
        guest, context.federation().receive(guest, MessageTag.of(IntersectionMessages.SETTINGS)));
    Channel signing = channel(guest, Channel.GUEST_ASKS);
    if (cache.isPresent()) {
      return hostOfCache(signing, cache.get());
    }
    KeyRoom room = KeyRoom.of(context, 1);
    HashedIds all = HashedIds.of(ids, settings);
    HashedIds odd = settings.split() ? all.withParity(context, true) : all;
    HashedIds even = settings.split() ? all.withParity(context, false) : null;
    Signer signer = Signer.fresh(context, suite, signing, settings);
    int[] published = signer.publish(odd, room);
    signer.serve();
    Channel asking = channel(guest, Channel.HOST_ASKS);
    Asker asker = settings.split() ? askEven(asking, even, room) : null;
    if (!settings.sync()) {
      return Outcome.unknown();
    }
    int[] named = told(signing, published);
    int[] others = settings.split() ? evenRows(asking, asker, even) : new int[0];
    return Outcome.of(
        IntStream.concat(Arrays.stream(named), Arrays.stream(others)).sorted().toArray());
  }

  /** A host whose ids the guest has signed already. */
  private Outcome hostOfCache(Channel signing, IntersectionCache kept) throws InterruptedException {
    kept.requireSame(signing);
    int[] published = kept.order(ids);
    RsaKeyPair pair = RsaKeyPair.decodeSecret(kept.secret());
    new Signer(context, suite, signing, settings, pair).serve();
    return settings.sync()
        ? Outcome.of(Arrays.stream(told(signing, published)).sorted().toArray())
        : Outcome.unknown();
  }

  /** The rows of the published ids that the guest names. */
  private static int[] told(Channel signing, int[] published) throws InterruptedException {
    return Arrays.stream(signing.receivePositions(IntersectionMessages.RESULT, published.length))
        .map(position -> published[position])
        .toArray();
  }

  private Asker askEven(Channel channel, HashedIds even, KeyRoom room) throws InterruptedException {
    Asker asker = Asker.open(context, suite, channel, even, settings, room);
    try (asker) {
      Asker.askAll(context, List.of(asker), even.count());
    }
    channel.sendPositions(
        IntersectionMessages.EVEN_MATCHES,
        Arrays.stream(asker.positions()).filter(position -> position >= 0).sorted().toArray());
    return asker;
  }

  private static int[] evenRows(Channel channel, Asker asker, HashedIds even)
      throws InterruptedException {
    int[] kept = channel.receivePositions(IntersectionMessages.RESULT, asker.signedCount());
    return IntStream.range(0, even.count())
        .filter(i -> asker.positions()[i] >= 0)
        .filter(i -> Arrays.binarySearch(kept, asker.positions()[i]) >= 0)
        .map(i -> even.row(i))
        .toArray();
  }

  private Channel channel(Party peer, int part) {
    return new Channel(context.federation(), peer, part);
  }
}
