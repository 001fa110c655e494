package io.fedflow.components.privacy;

import io.fedflow.components.crypto.BlindClient;
import io.fedflow.components.crypto.BlindSigner;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.PaillierCipher;
import io.fedflow.components.crypto.PaillierKeyPair;
import io.fedflow.components.crypto.PaillierOwner;
import io.fedflow.components.crypto.PaillierPublicKey;
import io.fedflow.components.crypto.PlaintextBatch;
import io.fedflow.components.crypto.RsaKeyPair;
import io.fedflow.components.crypto.RsaPublicKey;
import io.fedflow.components.crypto.SecretPowers;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The standard cryptography, which remembers every private Paillier key that a component makes: so
 * a test can open what the key's owner can. Thread-safe.
 */
final class KeyHolders implements CryptoSuite {

  private static final int KEY_ID_AT = 1;
  private static final int KEY_ID_BYTES = 16;

  private final CryptoSuite suite = CryptoSuite.standard();
  private final Map<ByteBuffer, PaillierOwner> owners = new ConcurrentHashMap<>();

  /** Decrypts a batch in its message form, as the key's owner does. */
  PlaintextBatch open(byte[] ciphertexts) {
    PaillierOwner owner = ownerOf(ciphertexts);
    CiphertextBatch batch = owner.cipher().decode(ciphertexts);
    return owner.decrypt(batch);
  }

  /** The modulus n of the key that a batch in its message form is under. */
  BigInteger modulusOf(byte[] ciphertexts) {
    return ownerOf(ciphertexts).publicKey().modulus();
  }

  private PaillierOwner ownerOf(byte[] ciphertexts) {
    PaillierOwner owner = owners.get(ByteBuffer.wrap(ciphertexts, KEY_ID_AT, KEY_ID_BYTES));
    if (owner == null) {
      throw new AssertionError("ciphertexts under a key that no component made");
    }
    return owner;
  }

  @Override
  public PaillierOwner paillier(PaillierKeyPair pair, ComputePool pool) {
    ByteBuffer id =
        ByteBuffer.allocate(KEY_ID_BYTES)
            .putLong(pair.publicKey().id().high())
            .putLong(pair.publicKey().id().low())
            .flip();
    // The pool of a task ends with it.
    owners.put(id, suite.paillier(pair, ComputePool.inline()));
    return suite.paillier(pair, pool);
  }

  @Override
  public String kernelName() {
    return suite.kernelName();
  }

  @Override
  public PaillierCipher paillier(PaillierPublicKey key, ComputePool pool) {
    return suite.paillier(key, pool);
  }

  @Override
  public BlindSigner blindSigner(RsaKeyPair pair, ComputePool pool) {
    return suite.blindSigner(pair, pool);
  }

  @Override
  public BlindClient blindClient(RsaPublicKey key, ComputePool pool) {
    return suite.blindClient(key, pool);
  }

  @Override
  public SecretPowers secretPowers(BigInteger modulus, BigInteger exponent, ComputePool pool) {
    return suite.secretPowers(modulus, exponent, pool);
  }
}
