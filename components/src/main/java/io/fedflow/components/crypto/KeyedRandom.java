package io.fedflow.components.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Numbers that repeat for who has the key and are random for everybody else: AES-256 in counter
 * mode. Not thread-safe.
 */
public final class KeyedRandom implements RandomGenerator {

  private static final int BLOCK = 4096;
  private static final int KEY_BYTES = 32;

  private final Cipher stream;
  private ByteBuffer rest = ByteBuffer.allocate(0);

  /**
   * Begins at the start of a key's numbers.
   *
   * @param key 32 bytes, used for nothing else
   * @throws IllegalArgumentException if it has another length
   */
  public KeyedRandom(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("key: found " + key.length + " bytes, allowed 32");
    }
    try {
      stream = Cipher.getInstance("AES/CTR/NoPadding");
      stream.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES in counter mode", e);
    }
  }

  @Override
  public long nextLong() {
    if (!rest.hasRemaining()) {
      rest = ByteBuffer.wrap(stream.update(new byte[BLOCK]));
    }
    return rest.getLong();
  }

  /** Tells nothing of the key. */
  @Override
  public String toString() {
    return "keyed random numbers";
  }
}
