package io.fedflow.components.boosting;

import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.AdditivePublicKey;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.PackedSums;
import io.fedflow.components.crypto.PlaintextBatch;
import java.util.List;

/**
 * How derivatives of rows become ciphertexts, and sums of them travel back: packed, both in one
 * ciphertext a row and as many sums in one as the key holds; or plain, each in its own. Guest and
 * host derive it alike from the key and the number of rows. Immutable and thread-safe.
 *
 * <p>No slot overflows: a row's number is at most {@link Gradients#largest}, of which as many as
 * there are rows stay below 2^62, and {@link io.fedflow.components.crypto.CounterPacking} makes
 * slots as wide as that product.
 */
final class GradientPacking {

  private final PackedSums packing;
  private final boolean packed;
  private final long offset;

  GradientPacking(AdditivePublicKey key, int rows, boolean packed) {
    this.packed = packed;
    this.packing = new PackedSums(key, packed ? 2 : 1, Gradients.largest(rows), rows);
    this.offset = Gradients.offset(rows);
  }

  /** Batches that carry the same rows: one if packed, first and second derivatives else. */
  int parts() {
    return packed ? 1 : 2;
  }

  /** The rows' derivatives, none negative, as plaintexts; one batch per part. */
  List<PlaintextBatch> rows(Gradients gradients) {
    long[] shifted = gradients.g().clone();
    for (int row = 0; row < shifted.length; row++) {
      shifted[row] += offset;
    }
    return packed
        ? List.of(packing.packRows(new long[][] {shifted, gradients.h()}))
        : List.of(
            packing.packRows(new long[][] {shifted}),
            packing.packRows(new long[][] {gradients.h()}));
  }

  /** What travels of one part's sums; not yet re-randomised. */
  CiphertextBatch outgoing(AdditiveCipher cipher, CiphertextBatch sums) {
    return packed ? packing.join(cipher, sums) : sums;
  }

  /** How many ciphertexts travel for so many sums. */
  int ciphertexts(int sums) {
    return packed ? packing.ciphertexts(sums) : sums;
  }

  /**
   * Reads decrypted sums.
   *
   * @param parts one batch per part
   * @param rows how many rows each sum is of
   * @param scales of the rows' derivatives
   * @return one per sum; null in place of one that cannot be a sum of so many rows
   */
  NodeSums[] read(List<PlaintextBatch> parts, long[] rows, Gradients.Scales scales) {
    long[][] slots =
        packed
            ? packing.unpack(parts.get(0), rows.length)
            : new long[][] {
              packing.unpackRows(parts.get(0))[0], packing.unpackRows(parts.get(1))[0]
            };
    NodeSums[] sums = new NodeSums[rows.length];
    for (int i = 0; i < sums.length; i++) {
      long g = slots[0][i];
      long h = slots[1][i];
      // Rows are so few that neither product overflows.
      boolean possible = g <= 2 * offset * rows[i] && h <= (2 * offset + 1) * rows[i];
      sums[i] = possible ? new NodeSums(g - offset * rows[i], h, rows[i], scales) : null;
    }
    return sums;
  }
}
