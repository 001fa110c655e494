package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.BlindClient;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.ResidueBatch;
import io.fedflow.federation.Payload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The side that obtains signatures of its ids and finds them among the signer's. Used by one
 * thread.
 */
final class Asker implements AutoCloseable {

  private final TaskContext context;
  private final Channel channel;
  private final HashedIds own;
  private final SignatureHash finalHash;
  private final BlindClient client;
  private final int signedCount;
  private final KeyMatch signatures;
  private final Map<Integer, BlindClient.Blinding> open = new HashMap<>();
  private int[] positions;

  private Asker(
      TaskContext context,
      CryptoSuite suite,
      Channel channel,
      HashedIds own,
      RsaSettings settings,
      Published published,
      KeyRoom room) {
    this.context = context;
    this.channel = channel;
    this.own = own;
    this.finalHash = new SignatureHash(settings);
    this.client =
        suite.blindClient(
            published.key(), ComputePool.of(context.compute(), context.parallelism()));
    this.signedCount = published.count();
    this.signatures = room.match(published.count(), own.count());
  }

  /**
   * Tells how many ids will be asked for, and receives what the signer published.
   *
   * @param room where signatures of both sides wait to be compared
   */
  static Asker open(
      TaskContext context,
      CryptoSuite suite,
      Channel channel,
      HashedIds own,
      RsaSettings settings,
      KeyRoom room)
      throws InterruptedException {
    channel.sendCount(own.count());
    Published published = Published.receive(channel, settings.keyBits());
    Asker asker = new Asker(context, suite, channel, own, settings, published, room);
    try {
      SignedIds.receive(channel, published.count(), asker.signatures::addTheirs);
      return asker;
    } catch (InterruptedException | RuntimeException failed) {
      asker.close();
      throw failed;
    }
  }

  /** Tells how many ids will be asked for, of a signer whose ids a cache holds. */
  static Asker ofCache(
      TaskContext context,
      CryptoSuite suite,
      Channel channel,
      HashedIds own,
      RsaSettings settings,
      IntersectionCache.HostSet kept,
      KeyRoom room)
      throws InterruptedException {
    channel.sendCount(own.count());
    Asker asker = new Asker(context, suite, channel, own, settings, Published.of(kept), room);
    try {
      SignedIds.ofCache(kept.keys(), asker.signatures::addTheirs);
      return asker;
    } catch (InterruptedException | RuntimeException failed) {
      asker.close();
      throw failed;
    }
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
    for (Asker asker : askers) {
      asker.positions = asker.signatures.positions().of();
      asker.close();
    }
  }

  /**
   * The position of each own id in the signer's published list, or -1; in order of own ids. After
   * {@link #askAll}.
   */
  int[] positions() {
    return positions;
  }

  /** How many ids the signer published. */
  int signedCount() {
    return signedCount;
  }

  private void ask(int batch) throws InterruptedException {
    Batches batches = new Batches(own.count());
    BlindClient.Blinding blinding =
        client.blind(own.slice(context, batches.from(batch), batches.to(batch)), context.entropy());
    open.put(batch, blinding);
    channel.send(
        IntersectionMessages.BLINDED_IDS, batch, Payload.ofIntegers(blinding.messages().encode()));
  }

  private void take(int batch) throws InterruptedException {
    ResidueBatch answer =
        ResidueBatch.decode(
            client.key(),
            channel
                .receive(IntersectionMessages.BLIND_SIGNATURES, batch)
                .as(Payload.Format.INTEGERS));
    signatures.addOwn(finalHash.of(context, open.remove(batch).unblind(answer)));
  }

  /** Lets go of the signatures; again is without effect. */
  @Override
  public void close() {
    signatures.close();
  }
}
