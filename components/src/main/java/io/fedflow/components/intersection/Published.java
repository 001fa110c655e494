package io.fedflow.components.intersection;

import io.fedflow.components.crypto.RsaPublicKey;
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
   * @throws io.fedflow.failure.FedflowException {@code intersection.message} (PEER) if it has
   *     another form
   */
  static Published receive(Channel channel) throws InterruptedException {
    RsaPublicKey key =
        channel
            .receive(IntersectionMessages.PUBLIC_KEY)
            .read(Payload.Format.BYTES, RsaPublicKey::decode);
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
