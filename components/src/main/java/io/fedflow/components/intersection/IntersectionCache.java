package io.fedflow.components.intersection;

import io.fedflow.component.TaskCache;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one party keeps of the work that does not change while the hosts' ids do not. It holds
 * secrets and ids, and stays at its party. Immutable by convention.
 *
 * @param id names the run that made it, alike at all its parties: 32 hexadecimal digits, random
 * @param settings how it was made, and so how runs on it compare ids
 * @param secret this party's key or mask, in the form of its method; empty where it has none
 * @param sets at the guest, the ids of each host as the guest compares them; empty at a host
 * @param ids at a host, its ids in the order in which it sent them; empty at the guest
 */
record IntersectionCache(
    String id, Settings settings, byte[] secret, Map<Party, HostSet> sets, Collection<String> ids) {

  /** The module that understands these caches. */
  static final String MODULE = "Intersection";

  private static final int ID_BYTES = 16;

  IntersectionCache {
    sets = new LinkedHashMap<>(sets);
  }

  /**
   * The ids of one host, as the guest compares them.
   *
   * @param publicKey by which the host signed them; empty for masked ones
   * @param keys one of each id, of {@link SignedIds} or of an id that both parties masked
   */
  record HostSet(byte[] publicKey, HostKeys keys) {}

  /** A fresh id. */
  static String freshId(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /** Reads what {@link #toTaskCache} gave. */
  static IntersectionCache of(TaskCache cache) {
    return IntersectionCacheBytes.read(cache.content());
  }

  /** As the engine keeps it. */
  TaskCache toTaskCache() throws InterruptedException {
    return new TaskCache(MODULE, id, IntersectionCacheBytes.write(this));
  }

  /**
   * The ids of a host.
   *
   * @throws FedflowException {@code intersection.cache} (INVALID) if it holds none of that host
   */
  HostSet of(Party host) {
    HostSet set = sets.get(host);
    if (set == null) {
      throw FedflowException.invalid(
          "intersection.cache",
          "the cache " + id + " was made with " + sets.keySet() + ", it holds no ids of " + host);
    }
    return set;
  }

  /**
   * Which of a host's ids stands at each position of the list that the guest has.
   *
   * @param own the ids that the host brings now
   * @return position to index in {@code own}
   * @throws FedflowException {@code intersection.cache_rows} (INVALID) if those are not the ids
   *     that the cache was made of: the result would silently be another
   */
  int[] order(String[] own) {
    Map<String, Integer> at = new HashMap<>();
    for (int i = 0; i < own.length; i++) {
      at.put(own[i], i);
    }
    int[] order = new int[ids.size()];
    int position = 0;
    int gone = 0;
    for (String known : ids) {
      Integer there = at.get(known);
      gone += there == null ? 1 : 0;
      order[position++] = there == null ? -1 : there;
    }
    if (gone > 0 || own.length != ids.size()) {
      throw FedflowException.invalid(
          "intersection.cache_rows",
          "the cache "
              + id
              + " was made of "
              + ids.size()
              + " ids; "
              + gone
              + " of them are not in the input, which has "
              + (own.length - ids.size() + gone)
              + " others; make a new cache");
    }
    return order;
  }

  /** Tells a host which cache the guest makes or runs on. */
  static void tell(Channel channel, String id) throws InterruptedException {
    channel
        .federation()
        .send(
            channel.peer(),
            MessageTag.of(IntersectionMessages.CACHE_ID),
            Payload.ofTexts(List.of(id)));
  }

  /**
   * Which cache the guest makes or runs on.
   *
   * @throws FedflowException {@code intersection.message} (PEER) if that is no id
   */
  static String hear(Channel channel) throws InterruptedException {
    List<String> told =
        channel
            .federation()
            .receive(channel.peer(), MessageTag.of(IntersectionMessages.CACHE_ID))
            .asTexts();
    if (told.size() != 1 || !isId(told.get(0))) {
      throw channel.malformed("an id of a cache that is not 32 hexadecimal digits");
    }
    return told.get(0);
  }

  /**
   * Compares with the cache that the guest runs on.
   *
   * @throws FedflowException {@code intersection.cache} (INVALID) if it is another one
   */
  void requireSame(Channel channel) throws InterruptedException {
    String theirs = hear(channel);
    if (!theirs.equals(id)) {
      throw FedflowException.invalid(
          "intersection.cache",
          channel.peer()
              + " runs on the cache "
              + theirs
              + ", this party on "
              + id
              + "; give all parties the caches of one and the same task");
    }
  }

  static boolean isId(String text) {
    return text.matches("[0-9a-f]{" + 2 * ID_BYTES + "}");
  }

  @Override
  public String toString() {
    return "intersection cache " + id;
  }
}
