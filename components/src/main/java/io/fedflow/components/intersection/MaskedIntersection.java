package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.Optional;

/**
 * The protocol by commutative masks at one party, on a curve or modulo a prime: every party masks
 * its own ids and those that the other masked, and ids that were masked by both are compared.
 * Source: Meadows, S&P 1986; Huberman, Franklin and Hogg, EC 1999; FATE 1.11,
 * federatedml/statistic/intersect/dh_intersect and ecdh_intersect.
 *
 * <p>Messages are batches, and a party sends one only when it took the peer's one before, so what
 * waits is bounded. While one side masks the batch that it got, so does the other.
 */
final class MaskedIntersection {

  private MaskedIntersection() {}

  /**
   * Runs.
   *
   * @param cache holds the ids of hosts, already masked by both sides; then nothing is counted
   */
  static Outcome run(
      TaskContext context, MaskSettings settings, String[] ids, Optional<IntersectionCache> cache)
      throws InterruptedException {
    Mask mask = Mask.fresh(settings, context);
    context.log().info("ids are masked by " + settings.method() + ", " + mask.words());
    if (cache.isPresent()) {
      return run(context, settings, mask, ids, cache.get());
    }
    OwnIds own = OwnIds.shuffled(ids, settings.hash(), mask, context.entropy());
    boolean ring = settings.countOnly() && context.federation().parties(Role.HOST).size() > 1;
    if (context.self().role().equals(Role.GUEST)) {
      return ring
          ? new RingGuest(context, settings, mask, own).run()
          : new MaskedGuest(
                  context,
                  settings,
                  mask,
                  own,
                  KeyRoom.of(context, context.federation().parties(Role.HOST).size()))
              .run();
    }
    Party guest = context.federation().parties(Role.GUEST).get(0);
    settings.requireEqual(
        guest, context.federation().receive(guest, MessageTag.of(IntersectionMessages.SETTINGS)));
    return ring
        ? new RingHost(context, settings, mask, own, guest).run()
        : new MaskedHost(context, settings, mask, own, guest).run();
  }

  /**
   * On a cache. The guest masks by a fresh secret and exchanges it for that of the cache when its
   * ids come back: so a host cannot tell which ids the guest brought before, too.
   */
  private static Outcome run(
      TaskContext context, MaskSettings settings, Mask fresh, String[] ids, IntersectionCache cache)
      throws InterruptedException {
    Mask kept = Mask.kept(settings, context, cache.secret());
    if (context.self().role().equals(Role.GUEST)) {
      Mask exchange = kept.insteadOf(fresh);
      KeyRoom room = KeyRoom.of(context, context.federation().parties(Role.HOST).size());
      return new MaskedGuest(
              context,
              settings,
              fresh,
              OwnIds.shuffled(ids, settings.hash(), fresh, context.entropy()),
              (channel, own) -> {
                IntersectionCache.tell(channel, cache.id());
                channel.sendCount(own.count());
                return MaskedPeer.ofCache(
                    channel, cache.of(channel.peer()).keys(), own, exchange, room);
              })
          .run();
    }
    Party guest = context.federation().parties(Role.GUEST).get(0);
    settings.requireEqual(
        guest, context.federation().receive(guest, MessageTag.of(IntersectionMessages.SETTINGS)));
    cache.requireSame(new Channel(context.federation(), guest, Channel.GUEST_ASKS));
    OwnIds own = OwnIds.ordered(ids, settings.hash(), kept, cache.order(ids));
    return new MaskedHost(context, settings, kept, own, guest).run();
  }
}
