package io.fedflow.components.intersection;

import io.fedflow.components.crypto.RsaPublicKey;
import io.fedflow.components.task.ReceivedKeys;
import io.fedflow.federation.Payload;
import java.util.ArrayList;
import java.util.List;

/**
 * What a signer published of its ids.
 *
 * @param key verifies its signatures
 * @param signed hashes of the signatures of its ids
 */
record Published(RsaPublicKey key, DigestList signed) {

  /**
   * Receives what {@link Signer#publish} sends.
   *
   * @param keyBits how long the signer's key has to be, at least
   * @throws io.fedflow.failure.FedflowException {@code intersection.message} (PEER) if it has
   *     another form, {@code crypto.key-too-small} (PEER) if the key is shorter
   */
  static Published receive(Channel channel, int keyBits) throws InterruptedException {
    RsaPublicKey key =
        ReceivedKeys.rsa(
            channel.receive(IntersectionMessages.PUBLIC_KEY), keyBits, "rsa_params.key_length");
    int count = channel.receiveCount();
    List<Payload> blocks = new ArrayList<>();
    for (int batch = 0; batch < new Batches(count).size(); batch++) {
      blocks.add(channel.receive(IntersectionMessages.SIGNED_IDS, batch));
    }
    return new Published(key, DigestList.decode(count, blocks));
  }

  /** What a cache holds of it. */
  static Published of(IntersectionCache.HostSet set) {
    return new Published(RsaPublicKey.decode(set.publicKey()), DigestList.of(set.keys()));
  }

  /** As a cache holds it. */
  IntersectionCache.HostSet toHostSet() {
    return new IntersectionCache.HostSet(key.encode(), signed.bytes());
  }
}
