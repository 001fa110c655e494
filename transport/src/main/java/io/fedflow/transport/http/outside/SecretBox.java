package io.fedflow.transport.http.outside;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.SecretFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals short texts by AES-256 in Galois counter mode, each under a nonce of its own, so that who
 * reads the stores reads none of them. Thread-safe; its text shows no key.
 */
public final class SecretBox {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private SecretBox(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** A box whose key is forgotten with the process. */
  public static SecretBox forgetful() {
    return new SecretBox(freshKey());
  }

  /**
   * A box with the key of a file, which is made with mode 600 if it is missing.
   *
   * @throws FedflowException {@code secret.file} if it holds no key, {@code identity.mode} if
   *     others may read it
   * @throws UncheckedIOException if it can neither be read nor made
   */
  public static SecretBox of(Path file) {
    if (!Files.exists(file)) {
      SecretFiles.writeSecret(file, HexFormat.of().formatHex(freshKey()) + '\n');
    }
    SecretFiles.requirePrivate(file);
    try {
      if (Files.size(file) > 4 * KEY_BYTES) {
        throw noKey(file);
      }
      byte[] key =
          HexFormat.of().parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
      if (key.length != KEY_BYTES) {
        throw noKey(file);
      }
      return new SecretBox(key);
    } catch (IllegalArgumentException noHex) {
      throw noKey(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(file + " cannot be read: " + failed.getMessage(), failed);
    }
  }

  /**
   * Seals a text.
   *
   * @param about what it belongs to; it opens for nothing else
   * @return nonce, ciphertext and tag in Base64
   */
  public String seal(String about, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, about).doFinal(utf8(text));
      return Base64.getEncoder()
          .encodeToString(
              ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + CIPHER, impossible);
    }
  }

  /**
   * Opens what was sealed.
   *
   * @throws FedflowException {@code secret.sealed} (INVALID) if it was changed, or sealed by
   *     another key or about something else
   */
  public String open(String about, String sealed) {
    try {
      byte[] bytes = Base64.getDecoder().decode(sealed);
      byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
      return new String(
          cipher(Cipher.DECRYPT_MODE, nonce, about)
              .doFinal(bytes, NONCE_BYTES, Math.max(0, bytes.length - NONCE_BYTES)),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      throw FedflowException.invalid(
          "secret.sealed",
          "a sealed password cannot be opened with the key of this server; enter it again");
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String about) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(utf8(about));
    return cipher;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] freshKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private static FedflowException noKey(Path file) {
    return FedflowException.invalid(
        "secret.file", file.getFileName() + ": found no key of " + KEY_BYTES + " bytes in hex");
  }

  @Override
  public String toString() {
    return "SecretBox";
  }
}
