package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;

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

  /** Runs. */
  static Outcome run(TaskContext context, MaskSettings settings, String[] ids)
      throws InterruptedException {
    Mask mask = Mask.fresh(settings, context);
    context.log().info("ids are masked by " + settings.method() + ", " + mask.words());
    OwnIds own = new OwnIds(ids, settings.hash(), mask, context.entropy());
    boolean ring = settings.countOnly() && context.federation().parties(Role.HOST).size() > 1;
    if (context.self().role().equals(Role.GUEST)) {
      return ring
          ? new RingGuest(context, settings, mask, own).run()
          : new MaskedGuest(context, settings, mask, own).run();
    }
    Party guest = context.federation().parties(Role.GUEST).get(0);
    settings.requireEqual(
        guest, context.federation().receive(guest, MessageTag.of(IntersectionMessages.SETTINGS)));
    return ring
        ? new RingHost(context, settings, mask, own, guest).run()
        : new MaskedHost(context, settings, mask, own, guest).run();
  }
}
