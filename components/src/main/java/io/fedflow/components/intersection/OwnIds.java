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

  OwnIds(String[] ids, IdHash hash, Mask mask, SecureRandom random) {
    this.ids = ids;
    this.hash = hash;
    this.mask = mask;
    this.order = RandomOrder.of(ids.length, random);
    this.batches = new Batches(ids.length);
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
