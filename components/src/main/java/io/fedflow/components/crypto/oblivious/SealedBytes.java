package io.fedflow.components.crypto.oblivious;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes under a key that is used once, by AES-256 in Galois counter mode. The nonce is zero:
 * a second message under the same key would give both away. Stateless; thread-safe.
 */
public final class SealedBytes {

  /** Bytes that sealing adds. */
  public static final int OVERHEAD = 16;

  private static final byte[] NONCE = new byte[12];

  private SealedBytes() {}

  /**
   * Seals the only message of a key.
   *
   * @param key of 32 bytes
   * @param plain of any length
   * @return {@value #OVERHEAD} bytes more
   */
  public static byte[] seal(byte[] key, byte[] plain) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key).doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM cannot seal", e);
    }
  }

  /**
   * Opens what {@link #seal} sealed.
   *
   * @throws CryptoException with reason WRONG_KEY if it was sealed under another key, or changed
   */
  public static byte[] open(byte[] key, byte[] sealed) {
    if (sealed.length < OVERHEAD) {
      throw notOpened(sealed);
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, key).doFinal(sealed);
    } catch (AEADBadTagException e) {
      throw notOpened(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM cannot open", e);
    }
  }

  private static CryptoException notOpened(byte[] sealed) {
    return new CryptoException(
        Reason.WRONG_KEY,
        "sealed bytes: found " + sealed.length + " bytes that the key does not open");
  }

  private static Cipher cipher(int mode, byte[] key) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * OVERHEAD, NONCE));
    return cipher;
  }
}
