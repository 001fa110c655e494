package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.TextHash;
import io.fedflow.components.task.Parallel;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some ids of a table by the hash of id and salt. Never crosses to another party.
 *
 * @param rows positions in the table, ascending
 * @param hashes one per row
 */
record HashedIds(int[] rows, BigInteger[] hashes) {

  /** All ids of a table. */
  static HashedIds of(TaskContext context, String[] ids, RsaSettings settings)
      throws InterruptedException {
    TextHash hash = TextHash.named(settings.hashName());
    List<BigInteger> hashes =
        Parallel.map(context, ids.length, row -> hash.integer(ids[row] + settings.salt()));
    return new HashedIds(
        IntStream.range(0, ids.length).toArray(), hashes.toArray(BigInteger[]::new));
  }

  /** Only the ids whose hash is odd, or only the others. */
  HashedIds withParity(boolean odd) {
    int[] kept = IntStream.range(0, rows.length).filter(i -> hashes[i].testBit(0) == odd).toArray();
    return new HashedIds(
        Arrays.stream(kept).map(i -> rows[i]).toArray(),
        Arrays.stream(kept).mapToObj(i -> hashes[i]).toArray(BigInteger[]::new));
  }

  /** How many. */
  int count() {
    return rows.length;
  }

  /** The hashes of positions {@code from} to {@code to - 1}. */
  BigInteger[] slice(int from, int to) {
    return Arrays.copyOfRange(hashes, from, to);
  }
}
