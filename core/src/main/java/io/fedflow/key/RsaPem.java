package io.fedflow.key;

import io.fedflow.failure.FedflowException;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads RSA public keys in PEM. */
final class RsaPem {

  private static final int LEAST_BITS = 1024;

  /** Far above any key in use; what is longer is something else. */
  private static final int MOST_CHARACTERS = 16_384;

  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN (RSA )?PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA )?PUBLIC"
              + " KEY-----\\s*");

  /** The algorithm identifier of RSA, as it stands before every key of X.509. */
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int BIT_STRING = 0x03;

  private RsaPem() {}

  /**
   * Reads a key.
   *
   * @throws FedflowException {@code key.format}; the message does not repeat what was given, which
   *     may be a secret
   */
  static RSAPublicKey read(String pem) {
    if (pem.contains("PRIVATE KEY")) {
      throw wrong("a private key, which must stay with its owner");
    }
    Matcher parts = PEM.matcher(pem);
    if (pem.length() > MOST_CHARACTERS || !parts.matches()) {
      throw wrong(pem.length() + " characters that are no PEM");
    }
    RSAPublicKey key;
    try {
      byte[] der = Base64.getMimeDecoder().decode(parts.group(2));
      byte[] x509 = parts.group(1) == null ? der : wrapped(der);
      key =
          (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(x509));
    } catch (GeneralSecurityException | IllegalArgumentException damaged) {
      throw wrong("PEM of something else, or damaged");
    }
    if (key.getModulus().bitLength() < LEAST_BITS) {
      throw wrong("a key of " + key.getModulus().bitLength() + " bits");
    }
    return key;
  }

  /** A key of PKCS#1 inside the envelope of X.509, which Java reads. */
  private static byte[] wrapped(byte[] pkcs1) {
    byte[] bits = new byte[pkcs1.length + 1];
    System.arraycopy(pkcs1, 0, bits, 1, pkcs1.length);
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(RSA);
    inner.writeBytes(element(BIT_STRING, bits));
    return element(SEQUENCE, inner.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    // Keys have at most 16,384 characters: two bytes tell every length, and fewer must if they can.
    if (content.length > 0xff) {
      out.write(0x82);
      out.write(content.length >>> 8);
    } else if (content.length > 0x7f) {
      out.write(0x81);
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static FedflowException wrong(String found) {
    return FedflowException.invalid(
        "key.format",
        "key: found "
            + found
            + ", allowed an RSA public key of at least "
            + LEAST_BITS
            + " bits in PEM (BEGIN PUBLIC KEY or BEGIN RSA PUBLIC KEY)");
  }
}
