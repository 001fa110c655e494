package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.CryptoSuite;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The guest's side of split calculation with one host: it signs ids with an even hash and the host
 * tells which of them it has. Used by one thread.
 */
final class EvenPart {

  private final Channel channel;
  private final Signer signer;
  private final int[] published;
  private final BitSet matched;

  private EvenPart(Channel channel, Signer signer, int[] published, int rowCount) {
    this.channel = channel;
    this.signer = signer;
    this.published = published;
    this.matched = new BitSet(rowCount);
  }

  /**
   * Publishes the guest's signed ids under a key for this host alone.
   *
   * @param room where signatures wait until all are there
   */
  static EvenPart open(
      TaskContext context,
      CryptoSuite suite,
      Channel channel,
      HashedIds even,
      RsaSettings settings,
      int rowCount,
      KeyRoom room)
      throws InterruptedException {
    Signer signer = Signer.fresh(context, suite, channel, settings);
    return new EvenPart(channel, signer, signer.publish(even, room), rowCount);
  }

  /** Signs for the host and receives which ids it found. */
  void finish() throws InterruptedException {
    signer.serve();
    for (int position :
        channel.receivePositions(IntersectionMessages.EVEN_MATCHES, published.length)) {
      matched.set(published[position]);
    }
  }

  /** Tells whether the host has the id of a row with an even hash. */
  boolean matched(int row) {
    return matched.get(row);
  }

  /** Tells the host which of its matches all hosts have. */
  void tell(BitSet common) throws InterruptedException {
    channel.sendPositions(
        IntersectionMessages.RESULT,
        IntStream.range(0, published.length).filter(p -> common.get(published[p])).toArray());
  }
}
