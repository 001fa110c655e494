package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.BlindSigner;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.ResidueBatch;
import io.fedflow.components.crypto.RsaKeyPair;
import io.fedflow.federation.Payload;
import java.util.Arrays;

/**
 * The side that holds a key: publishes hashes of its ids' signatures and signs what the asker
 * blinded. Used by one thread, in the order {@link #publish}, {@link #serve}.
 */
final class Signer {

  private final TaskContext context;
  private final Channel channel;
  private final SignatureHash finalHash;
  private final RsaKeyPair pair;
  private final BlindSigner signer;

  /** A signer with this key. */
  Signer(
      TaskContext context,
      CryptoSuite suite,
      Channel channel,
      RsaSettings settings,
      RsaKeyPair pair) {
    this.context = context;
    this.channel = channel;
    this.finalHash = new SignatureHash(settings);
    this.pair = pair;
    context.log().info("arithmetic kernel: " + suite.kernelReport());
    this.signer = suite.blindSigner(pair, ComputePool.of(context.compute(), context.parallelism()));
  }

  /** A signer with a fresh key. */
  static Signer fresh(
      TaskContext context, CryptoSuite suite, Channel channel, RsaSettings settings) {
    return new Signer(
        context,
        suite,
        channel,
        settings,
        RsaKeyPair.generate(settings.keyBits(), context.entropy()));
  }

  /** The key itself, for a cache that only this party can read. */
  byte[] secret() {
    return pair.encodeSecret();
  }

  /**
   * Sends the public key and the hashes of the signatures of own ids, in an order that tells
   * nothing.
   *
   * @param room where the hashes wait until all are there
   * @return position in the published list to row
   */
  int[] publish(HashedIds own, KeyRoom room) throws InterruptedException {
    channel.send(IntersectionMessages.PUBLIC_KEY, Payload.ofBytes(signer.publicKey().encode()));
    channel.sendCount(own.count());
    Batches batches = new Batches(own.count());
    int[] rows;
    try (SortedDigests digests = room.sorted(own.count())) {
      for (int batch = 0; batch < batches.size(); batch++) {
        context.checkStopped();
        ResidueBatch hashes =
            ResidueBatch.of(
                signer.publicKey(), own.slice(context, batches.from(batch), batches.to(batch)));
        digests.add(finalHash.of(context, signer.sign(hashes)));
      }
      rows =
          digests.giveTo(
              (batch, some) ->
                  channel.send(IntersectionMessages.SIGNED_IDS, batch, SignedIds.encode(some)));
    }
    Arrays.setAll(rows, position -> own.row(rows[position]));
    return rows;
  }

  /** Signs all that the asker blinded. */
  void serve() throws InterruptedException {
    Batches batches = new Batches(channel.receiveCount());
    for (int batch = 0; batch < batches.size(); batch++) {
      ResidueBatch blinded =
          ResidueBatch.decode(
              signer.publicKey(),
              channel.receive(IntersectionMessages.BLINDED_IDS, batch).as(Payload.Format.INTEGERS));
      // The count is all that this side learns of the asker; more signatures than that are refused.
      if (blinded.count() != batches.sizeOf(batch)) {
        throw channel.malformed(
            blinded.count() + " blinded ids, expected " + batches.sizeOf(batch));
      }
      channel.send(
          IntersectionMessages.BLIND_SIGNATURES,
          batch,
          Payload.ofIntegers(signer.sign(blinded).encode()));
    }
  }
}
