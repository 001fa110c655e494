package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  RsaIntersection(TaskContext context, CryptoSuite suite, RsaSettings settings, String[] ids) {
    this.context = context;
    this.suite = suite;
    this.settings = settings;
    this.ids = ids;
  }

  /**
   * Runs.
   *
   * @return own rows in the intersection; unknown at a host that does not receive them
   */
  Outcome run() throws InterruptedException {
    HashedIds all = HashedIds.of(context, ids, settings);
    return context.self().role().equals(Role.GUEST) ? Outcome.of(guest(all)) : host(all);
  }

  private int[] guest(HashedIds all) throws InterruptedException {
    List<Party> hosts = context.federation().parties(Role.HOST);
    context
        .federation()
        .sendAll(hosts, MessageTag.of(IntersectionMessages.SETTINGS), settings.toPayload());
    List<EvenPart> evens = settings.split() ? openEvenParts(hosts, all) : List.of();
    HashedIds asked = settings.split() ? all.withParity(true) : all;
    List<Asker> askers = new ArrayList<>();
    for (Party host : hosts) {
      askers.add(Asker.open(context, suite, channel(host, Channel.GUEST_ASKS), asked, settings));
    }
    Asker.askAll(context, askers, asked.count());
    for (EvenPart even : evens) {
      even.finish();
    }
    boolean[] common = new boolean[ids.length];
    for (int i = 0; i < asked.count(); i++) {
      int id = i;
      common[asked.rows()[i]] = askers.stream().allMatch(asker -> asker.positions()[id] >= 0);
    }
    for (int row : settings.split() ? all.withParity(false).rows() : new int[0]) {
      common[row] = evens.stream().allMatch(even -> even.matched(row));
    }
    if (settings.sync()) {
      for (int h = 0; h < hosts.size(); h++) {
        tellOdd(channel(hosts.get(h), Channel.GUEST_ASKS), askers.get(h), asked, common);
        if (settings.split()) {
          evens.get(h).tell(common);
        }
      }
    }
    return IntStream.range(0, ids.length).filter(row -> common[row]).toArray();
  }

  private List<EvenPart> openEvenParts(List<Party> hosts, HashedIds all)
      throws InterruptedException {
    HashedIds even = all.withParity(false);
    List<EvenPart> parts = new ArrayList<>();
    for (Party host : hosts) {
      parts.add(
          EvenPart.open(
              context, suite, channel(host, Channel.HOST_ASKS), even, settings, ids.length));
    }
    return parts;
  }

  private static void tellOdd(Channel channel, Asker asker, HashedIds asked, boolean[] common)
      throws InterruptedException {
    int[] positions =
        IntStream.range(0, asked.count())
            .filter(i -> common[asked.rows()[i]])
            .map(i -> asker.positions()[i])
            .sorted()
            .toArray();
    channel.sendPositions(IntersectionMessages.RESULT, positions);
  }

  private Outcome host(HashedIds all) throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    settings.requireEqual(
        guest, context.federation().receive(guest, MessageTag.of(IntersectionMessages.SETTINGS)));
    Channel signing = channel(guest, Channel.GUEST_ASKS);
    Signer signer = new Signer(context, suite, signing, settings);
    int[] published = signer.publish(settings.split() ? all.withParity(true) : all);
    signer.serve();
    Channel asking = channel(guest, Channel.HOST_ASKS);
    HashedIds even = settings.split() ? all.withParity(false) : null;
    Asker asker = settings.split() ? askEven(asking, even) : null;
    if (!settings.sync()) {
      return Outcome.unknown();
    }
    int[] odd =
        Arrays.stream(signing.receivePositions(IntersectionMessages.RESULT, published.length))
            .map(position -> published[position])
            .toArray();
    int[] others = settings.split() ? evenRows(asking, asker, even) : new int[0];
    return Outcome.of(
        IntStream.concat(Arrays.stream(odd), Arrays.stream(others)).sorted().toArray());
  }

  private Asker askEven(Channel channel, HashedIds even) throws InterruptedException {
    Asker asker = Asker.open(context, suite, channel, even, settings);
    Asker.askAll(context, List.of(asker), even.count());
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
        .map(i -> even.rows()[i])
        .toArray();
  }

  private Channel channel(Party peer, int part) {
    return new Channel(context.federation(), peer, part);
  }
}
