package io.fedflow.components.intersection;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.failure.Problems;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Matching of ids for other components, by masks modulo a prime: the guest learns where its ids
 * stand in an order that the host drew, the host learns how many ids the guest has. Stateless;
 * thread-safe.
 */
public final class PrivateMatch {

  private static final Set<String> NAMES =
      Set.of(
          IntersectionMessages.SETTINGS,
          IntersectionMessages.ID_COUNT,
          IntersectionMessages.MASKED_IDS,
          IntersectionMessages.TWICE_MASKED_IDS);

  /** What crosses; to be declared by the component that matches. */
  public static final List<MessageDeclaration> MESSAGES =
      IntersectionMessages.ALL.stream().filter(each -> NAMES.contains(each.name())).toList();

  private PrivateMatch() {}

  /** The parameters of {@code dh_params}. */
  public static ParameterSchema parameters() {
    return IntersectionParameters.dh();
  }

  /** Checks {@code dh_params}. */
  public static void check(Params dh, String pointer, Problems problems) {
    IntersectionParameters.checkDh(dh, pointer, problems);
  }

  /** Checks a length of the prime that is given elsewhere. */
  public static void checkLength(int bits, String pointer, Problems problems) {
    IntersectionParameters.checkDhLength(bits, pointer, problems);
  }

  /**
   * The guest's part.
   *
   * @param dh {@code dh_params}
   * @param keyBits length of the prime
   * @throws io.fedflow.failure.FedflowException {@code intersection.message} (PEER) if the host
   *     does not follow the protocol
   */
  public static Found find(TaskContext context, IdsToMatch ids, Params dh, int keyBits)
      throws InterruptedException {
    MaskSettings settings = settings(ids, dh, keyBits);
    Mask mask = Mask.fresh(settings, context);
    OwnIds own = OwnIds.shuffled(ids.ids(), settings.hash(), mask, context.entropy());
    KeyRoom room = new KeyRoom(context, KeyRoom.DEFAULT);
    return new MaskedGuest(context, settings, mask, own, room)
        .meet(hosts -> found(hosts.get(0), own));
  }

  private static Found found(MaskedPeer host, OwnIds own) throws InterruptedException {
    int[] shuffled = host.positions();
    int[] positions = new int[shuffled.length];
    for (int i = 0; i < shuffled.length; i++) {
      positions[own.row(i)] = shuffled[i];
    }
    return new Found(positions, host.count());
  }

  /**
   * The host's part.
   *
   * @param dh {@code dh_params}
   * @param keyBits length of the prime
   * @throws io.fedflow.failure.FedflowException {@code intersection.settings} (INVALID) if the
   *     guest has other settings, {@code intersection.message} (PEER) if it does not follow the
   *     protocol
   */
  public static Answered answer(TaskContext context, IdsToMatch ids, Params dh, int keyBits)
      throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    MaskSettings settings = settings(ids, dh, keyBits);
    settings.requireEqual(
        guest, context.federation().receive(guest, MessageTag.of(IntersectionMessages.SETTINGS)));
    Mask mask = Mask.fresh(settings, context);
    OwnIds own = OwnIds.shuffled(ids.ids(), settings.hash(), mask, context.entropy());
    int asked = new MaskedHost(context, settings, mask, own, guest).meet();
    int[] order = new int[own.count()];
    Arrays.setAll(order, own::row);
    return new Answered(order, asked);
  }

  private static MaskSettings settings(IdsToMatch ids, Params dh, int keyBits) {
    return new MaskSettings(
        MaskSettings.DH,
        new IdHash(dh.text("hash_method"), dh.text("salt")),
        keyBits,
        false,
        false,
        ids.areMatchIds(),
        CacheUse.NONE);
  }

  /**
   * What the guest knows.
   *
   * @param positions of each own id in the host's order, or -1 where the host does not have it
   * @param hostCount how many ids the host has
   */
  public record Found(int[] positions, int hostCount) {}

  /**
   * What the host knows.
   *
   * @param order the own id, as a position in {@link IdsToMatch#ids()}, at each position of the
   *     order
   * @param guestCount how many ids the guest has
   */
  public record Answered(int[] order, int guestCount) {}
}
