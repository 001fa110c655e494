package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.TextHash;
import io.fedflow.components.task.Parallel;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some ids of a table by the hash of id and salt, which is made anew whenever it is asked for: that
 * costs little beside a signature, and 4 bytes an id stay in memory instead of a hundred. Never
 * crosses to another party. Immutable.
 */
final class HashedIds {

  private final String[] ids;
  private final RsaSettings settings;
  private final int[] rows;

  private HashedIds(String[] ids, RsaSettings settings, int[] rows) {
    this.ids = ids;
    this.settings = settings;
    this.rows = rows;
  }

  /** All ids of a table. */
  static HashedIds of(String[] ids, RsaSettings settings) {
    return new HashedIds(ids, settings, IntStream.range(0, ids.length).toArray());
  }

  /** Only the ids whose hash is odd, or only the others. */
  HashedIds withParity(TaskContext context, boolean odd) throws InterruptedException {
    BitSet kept = new BitSet(count());
    Batches batches = new Batches(count());
    for (int batch = 0; batch < batches.size(); batch++) {
      BigInteger[] hashes = slice(context, batches.from(batch), batches.to(batch));
      for (int i = 0; i < hashes.length; i++) {
        kept.set(batches.from(batch) + i, hashes[i].testBit(0) == odd);
      }
    }
    return new HashedIds(ids, settings, kept.stream().map(i -> rows[i]).toArray());
  }

  /** How many. */
  int count() {
    return rows.length;
  }

  /** The position in the table of one of them; these ascend. */
  int row(int position) {
    return rows[position];
  }

  /** The hashes of positions {@code from} to {@code to - 1}. */
  BigInteger[] slice(TaskContext context, int from, int to) throws InterruptedException {
    TextHash hash = TextHash.named(settings.hashName());
    List<BigInteger> hashes =
        Parallel.map(context, to - from, i -> hash.integer(ids[rows[from + i]] + settings.salt()));
    return hashes.toArray(BigInteger[]::new);
  }
}
