package io.fedflow.components.intersection;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Hashes of signatures of a signer's ids, as they cross: in ascending order, each once. The order
 * tells nothing about the ids, so a position in it may name an id to the signer.
 */
final class SignedIds {

  private static final int WIDTH = KeyIndex.WIDTH;

  private static final byte VERSION = 1;

  private SignedIds() {}

  /** A version byte, then the digests of one batch. */
  static Payload encode(byte[] digests) {
    byte[] block = new byte[1 + digests.length];
    block[0] = VERSION;
    System.arraycopy(digests, 0, block, 1, digests.length);
    return Payload.ofBytes(block);
  }

  /**
   * Receives all of them.
   *
   * @param count how many the signer has
   * @param taker takes those of each batch, in order
   * @throws FedflowException {@code intersection.message} (PEER) if they are not {@code count}
   *     digests in ascending order
   */
  static void receive(Channel channel, int count, Consumer<byte[]> taker)
      throws InterruptedException {
    Batches batches = new Batches(count);
    Ascending order = new Ascending();
    for (int batch = 0; batch < batches.size(); batch++) {
      byte[] block =
          channel.receive(IntersectionMessages.SIGNED_IDS, batch).as(Payload.Format.BYTES);
      if (block.length == 0 || block[0] != VERSION) {
        throw channel.malformed("a block of signed ids of another version");
      }
      if (block.length - 1 != batches.sizeOf(batch) * WIDTH) {
        throw channel.malformed(
            block.length
                - 1
                + " bytes for "
                + batches.sizeOf(batch)
                + " signed ids of "
                + WIDTH
                + " bytes");
      }
      byte[] digests = Arrays.copyOfRange(block, 1, block.length);
      int disorder = order.firstDisorder(digests);
      if (disorder >= 0) {
        throw channel.malformed("signed ids out of order at position " + disorder);
      }
      taker.accept(digests);
    }
  }

  /**
   * Gives what a cache kept, batch by batch.
   *
   * @throws FedflowException {@code intersection.cache} (INVALID) if it is not in ascending order
   */
  static void ofCache(HostKeys kept, Consumer<byte[]> taker) throws InterruptedException {
    Ascending order = new Ascending();
    kept.giveTo(
        (batch, digests) -> {
          if (order.firstDisorder(digests) >= 0) {
            throw FedflowException.invalid(
                "intersection.cache", "the cache holds signed ids out of order; make a new one");
          }
          taker.accept(digests);
        });
  }

  /** Tells where digests are not in ascending order, over several batches. */
  private static final class Ascending {

    private byte[] last;
    private int count;

    /** The position, from the first batch on, of a digest that is not above the one before; -1. */
    int firstDisorder(byte[] digests) {
      for (int at = 0; at < digests.length; at += WIDTH) {
        byte[] before = at == 0 ? last : digests;
        int from = at == 0 ? 0 : at - WIDTH;
        if (before != null
            && Arrays.compareUnsigned(before, from, from + WIDTH, digests, at, at + WIDTH) >= 0) {
          return count + at / WIDTH;
        }
      }
      count += digests.length / WIDTH;
      last = Arrays.copyOfRange(digests, digests.length - WIDTH, digests.length);
      return -1;
    }
  }
}
