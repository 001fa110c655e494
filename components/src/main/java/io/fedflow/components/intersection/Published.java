package io.fedflow.components.intersection;

import io.fedflow.components.crypto.RsaPublicKey;
import io.fedflow.components.task.ReceivedKeys;

/**
 * What a signer publishes before the {@link SignedIds} themselves.
 *
 * @param key verifies its signatures
 * @param count how many ids it signed
 */
record Published(RsaPublicKey key, int count) {

  /**
   * Receives what {@link Signer#publish} sends first.
   *
   * @param keyBits how long the signer's key has to be, at least
   * @throws io.fedflow.failure.FedflowException {@code intersection.message} (PEER) if it has
   *     another form, {@code crypto.key-too-small} (PEER) if the key is shorter
   */
  static Published receive(Channel channel, int keyBits) throws InterruptedException {
    RsaPublicKey key =
        ReceivedKeys.rsa(
            channel.receive(IntersectionMessages.PUBLIC_KEY), keyBits, "rsa_params.key_length");
    return new Published(key, channel.receiveCount());
  }

  /** What a cache holds of it. */
  static Published of(IntersectionCache.HostSet set) {
    return new Published(RsaPublicKey.decode(set.publicKey()), set.keys().count());
  }
}
