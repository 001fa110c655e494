package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.BlindClient;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.ResidueBatch;
import io.fedflow.federation.Payload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The side that obtains signatures of its ids and finds them among the signer's. Used by one
 * thread.
 */
final class Asker {

  private final TaskContext context;
  private final Channel channel;
  private final HashedIds own;
  private final SignatureHash finalHash;
  private final BlindClient client;
  private final DigestList signed;
  private final Map<Integer, BlindClient.Blinding> open = new HashMap<>();
  private final int[] positions;

  private Asker(
      TaskContext context,
      Channel channel,
      HashedIds own,
      SignatureHash finalHash,
      BlindClient client,
      DigestList signed) {
    this.context = context;
    this.channel = channel;
    this.own = own;
    this.finalHash = finalHash;
    this.client = client;
    this.signed = signed;
    this.positions = new int[own.count()];
    Arrays.fill(positions, -1);
  }

  /** Tells how many ids will be asked for, and receives what the signer published. */
  static Asker open(
      TaskContext context, CryptoSuite suite, Channel channel, HashedIds own, RsaSettings settings)
      throws InterruptedException {
    channel.sendCount(own.count());
    return of(
        context, suite, channel, own, settings, Published.receive(channel, settings.keyBits()));
  }

  /** Tells how many ids will be asked for, of a signer whose ids a cache holds. */
  static Asker ofCache(
      TaskContext context,
      CryptoSuite suite,
      Channel channel,
      HashedIds own,
      RsaSettings settings,
      Published kept)
      throws InterruptedException {
    channel.sendCount(own.count());
    return of(context, suite, channel, own, settings, kept);
  }

  private static Asker of(
      TaskContext context,
      CryptoSuite suite,
      Channel channel,
      HashedIds own,
      RsaSettings settings,
      Published published) {
    return new Asker(
        context,
        channel,
        own,
        new SignatureHash(settings),
        suite.blindClient(
            published.key(), ComputePool.of(context.compute(), context.parallelism())),
        published.signed());
  }

  /** Asks several signers about the same ids, so that all of them work at once. */
  static void askAll(TaskContext context, List<Asker> askers, int idCount)
      throws InterruptedException {
    int batches = new Batches(idCount).size();
    // One batch stays under way at every signer while the answers to the one before are checked.
    for (int batch = 0; batch <= batches; batch++) {
      context.checkStopped();
      for (Asker asker : askers) {
        if (batch < batches) {
          asker.ask(batch);
        }
      }
      for (Asker asker : askers) {
        if (batch > 0) {
          asker.take(batch - 1);
        }
      }
      context.tracker().progress((double) batch / Math.max(1, batches), "ids compared");
    }
  }

  /** The position of each own id in the signer's published list, or -1; in order of own ids. */
  int[] positions() {
    return positions;
  }

  /** How many ids the signer published. */
  int signedCount() {
    return signed.count();
  }

  private void ask(int batch) throws InterruptedException {
    Batches batches = new Batches(own.count());
    BlindClient.Blinding blinding =
        client.blind(own.slice(batches.from(batch), batches.to(batch)), context.entropy());
    open.put(batch, blinding);
    channel.send(
        IntersectionMessages.BLINDED_IDS, batch, Payload.ofIntegers(blinding.messages().encode()));
  }

  private void take(int batch) throws InterruptedException {
    ResidueBatch signatures =
        ResidueBatch.decode(
            client.key(),
            channel
                .receive(IntersectionMessages.BLIND_SIGNATURES, batch)
                .as(Payload.Format.INTEGERS));
    List<byte[]> digests = finalHash.of(context, open.remove(batch).unblind(signatures));
    int from = new Batches(own.count()).from(batch);
    for (int i = 0; i < digests.size(); i++) {
      positions[from + i] = signed.find(digests.get(i));
    }
  }
}
