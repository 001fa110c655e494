package io.fedflow.key;

import java.security.PublicKey;
import java.util.Optional;

/**
 * The RSA public keys by which partners can be known. Blocking: called from worker threads.
 * Thread-safe.
 *
 * <p>Party ids are those of jobs: 1..50 letters, digits, {@code _}, {@code -} or {@code .}; others
 * are refused with {@code party.id}. A store that cannot be reached is {@code blob.io}.
 */
public interface PartnerKeys {

  /**
   * Keeps a partner's key in place of an earlier one. Durable on return.
   *
   * @param pem an RSA public key of 1024 bits or more in PEM, of X.509 or PKCS#1
   * @return whether there was an earlier one
   * @throws io.fedflow.failure.FedflowException {@code key.format} if it is none
   */
  boolean save(String partyId, String pem);

  /** A partner's key as it was given; empty if there is none. */
  Optional<String> find(String partyId);

  /** The same, to verify with; what was saved is one. */
  default Optional<PublicKey> publicKey(String partyId) {
    return find(partyId).map(RsaPem::read);
  }

  /**
   * Forgets a partner's key. Durable on return.
   *
   * @return whether there was one
   */
  boolean delete(String partyId);
}
