package io.fedflow.components.intersection;

import java.security.SecureRandom;
import java.util.Arrays;

/** A party's own ids in an order that tells nothing, masked batch by batch. Used by one thread. */
final class OwnIds {

  private final String[] ids;
  private final IdHash hash;
  private final Mask mask;
  private final int[] order;
  private final Batches batches;

  private OwnIds(String[] ids, IdHash hash, Mask mask, int[] order) {
    this.ids = ids;
    this.hash = hash;
    this.mask = mask;
    this.order = order;
    this.batches = new Batches(ids.length);
  }

  /** In an order that nobody knows. */
  static OwnIds shuffled(String[] ids, IdHash hash, Mask mask, SecureRandom random) {
    return new OwnIds(ids, hash, mask, RandomOrder.of(ids.length, random));
  }

  /**
   * In the order in which they were sent before.
   *
   * @param order position to row
   */
  static OwnIds ordered(String[] ids, IdHash hash, Mask mask, int[] order) {
    return new OwnIds(ids, hash, mask, order);
  }

  /** How many ids. */
  int count() {
    return ids.length;
  }

  /** How they are cut. */
  Batches batches() {
    return batches;
  }

  /** The row of the id at a position of the order. */
  int row(int position) {
    return order[position];
  }

  /** Masks a batch. */
  Mask.MaskedIds masked(int batch) {
    String[] some =
        Arrays.stream(order, batches.from(batch), batches.to(batch))
            .mapToObj(row -> ids[row])
            .toArray(String[]::new);
    return mask.hashes(hash.of(some));
  }
}
