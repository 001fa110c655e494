package io.fedflow.components.privacy;

import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.AdditiveKeyPair;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.AdditivePublicKey;
import io.fedflow.components.crypto.BlindClient;
import io.fedflow.components.crypto.BlindSigner;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.FixedBases;
import io.fedflow.components.crypto.PlaintextBatch;
import io.fedflow.components.crypto.RsaKeyPair;
import io.fedflow.components.crypto.RsaPublicKey;
import io.fedflow.components.crypto.SecretPowers;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The standard cryptography, which remembers every private key of ciphertexts that a component
 * makes: so a test can open what the key's owner can. Thread-safe.
 */
final class KeyHolders implements CryptoSuite {

  private static final int KEY_ID_AT = 1;
  private static final int KEY_ID_BYTES = 16;

  private final CryptoSuite suite = CryptoSuite.standard();
  private final Map<ByteBuffer, AdditiveOwner> owners = new ConcurrentHashMap<>();

  /** Decrypts a batch in its message form, as the key's owner does. */
  PlaintextBatch open(byte[] ciphertexts) {
    AdditiveOwner owner = ownerOf(ciphertexts);
    CiphertextBatch batch = owner.cipher().decode(ciphertexts);
    return owner.decrypt(batch);
  }

  /** A batch in its message form, made anew from its plaintexts without any randomness. */
  byte[] withoutRandomness(byte[] ciphertexts) {
    return ownerOf(ciphertexts).cipher().encryptVisibly(open(ciphertexts)).encode();
  }

  private AdditiveOwner ownerOf(byte[] ciphertexts) {
    AdditiveOwner owner = owners.get(ByteBuffer.wrap(ciphertexts, KEY_ID_AT, KEY_ID_BYTES));
    if (owner == null) {
      throw new AssertionError("ciphertexts under a key that no component made");
    }
    return owner;
  }

  @Override
  public AdditiveOwner owner(AdditiveKeyPair pair, ComputePool pool) {
    ByteBuffer id =
        ByteBuffer.allocate(KEY_ID_BYTES)
            .putLong(pair.publicKey().id().high())
            .putLong(pair.publicKey().id().low())
            .flip();
    // The pool of a task ends with it.
    owners.put(id, suite.owner(pair, ComputePool.inline()));
    return suite.owner(pair, pool);
  }

  @Override
  public String kernelName() {
    return suite.kernelName();
  }

  @Override
  public AdditiveCipher cipher(AdditivePublicKey key, ComputePool pool) {
    return suite.cipher(key, pool);
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

  @Override
  public FixedBases fixedBases(
      BigInteger modulus, List<BigInteger> bases, int exponentBits, ComputePool pool) {
    return suite.fixedBases(modulus, bases, exponentBits, pool);
  }
}
