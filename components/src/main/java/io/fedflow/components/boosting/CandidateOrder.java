package io.fedflow.components.boosting;

import io.fedflow.components.boosting.FeatureBins.Features;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/**
 * The order in which a host names its candidates for a node, so that numbers tell the guest nothing
 * of columns and bins. It is another one for every node, and follows from a digest of the host's
 * own values: the guest cannot know it without knowing them all, and trainings repeat. Immutable.
 */
final class CandidateOrder {

  private final byte[] secret;

  CandidateOrder(Features features, long seed) {
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
    for (double[] column : features.values()) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(column.length, Double.BYTES));
      bytes.asDoubleBuffer().put(column);
      digest.update(bytes.array());
    }
    this.secret = digest.digest();
  }

  /** Position in the message to candidate. */
  int[] of(int tree, int node, int candidates) {
    MessageDigest digest = sha256();
    digest.update(secret);
    digest.update(ByteBuffer.allocate(2 * Integer.BYTES).putInt(tree).putInt(node).array());
    SplittableRandom random = new SplittableRandom(ByteBuffer.wrap(digest.digest()).getLong());
    int[] order = new int[candidates];
    for (int i = 0; i < candidates; i++) {
      int at = random.nextInt(i + 1);
      order[i] = order[at];
      order[at] = i;
    }
    return order;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
