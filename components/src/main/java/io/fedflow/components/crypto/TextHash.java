package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * A hash of UTF-8 text by the name that job parameters use. Immutable and thread-safe.
 *
 * <p>MD5 and SHA-1 exist for final hashes of compatible jobs only.
 */
public final class TextHash {

  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "md5", "MD5",
          "sha1", "SHA-1",
          "sha224", "SHA-224",
          "sha256", "SHA-256",
          "sha384", "SHA-384",
          "sha512", "SHA-512",
          "sm3", "SM3");

  private final String name;
  private final String algorithm;

  private TextHash(String name, String algorithm) {
    this.name = name;
    this.algorithm = algorithm;
  }

  /**
   * The hash with a name.
   *
   * @param name md5, sha1, sha224, sha256, sha384, sha512 or sm3
   * @throws CryptoException with reason UNSUPPORTED if the name is unknown or this Java platform
   *     has no implementation
   */
  public static TextHash named(String name) {
    String algorithm = ALGORITHMS.get(name.toLowerCase(Locale.ROOT));
    if (algorithm == null) {
      throw new CryptoException(
          Reason.UNSUPPORTED,
          "no hash is named "
              + name
              + "; known: "
              + ALGORITHMS.keySet().stream().sorted().toList());
    }
    TextHash hash = new TextHash(name, algorithm);
    hash.digest();
    return hash;
  }

  private MessageDigest digest() {
    if (algorithm.equals("SM3")) {
      return new Sm3();
    }
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new CryptoException(
          Reason.UNSUPPORTED, "this Java platform has no provider of the hash " + name);
    }
  }

  /** The digest of a text, in lower-case hexadecimal digits. */
  public String hex(String text) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The digest of a text. */
  public byte[] bytes(String text) {
    return digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digest of a text, as a non-negative integer, most significant byte first. */
  public BigInteger integer(String text) {
    return new BigInteger(1, digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The digests of texts as integers; all below 2^512, so below every accepted RSA modulus. */
  public BigInteger[] integers(String[] texts) {
    BigInteger[] out = new BigInteger[texts.length];
    for (int i = 0; i < texts.length; i++) {
      out[i] = integer(texts[i]);
    }
    return out;
  }

  @Override
  public String toString() {
    return name;
  }
}
