package io.fedflow.components.crypto.aggregation;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One party's key for the sums of one task: 128 bits of security. Immutable and thread-safe; its
 * text tells nothing.
 */
public final class PairKey {

  /** Bytes of a public key. */
  public static final int BYTES = 32;

  private static final BigInteger PRIME =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  private static final byte[] LABEL = "fedflow aggregation 1".getBytes(StandardCharsets.US_ASCII);

  private static final String HMAC = "HmacSHA256";

  private final PrivateKey secret;
  private final byte[] open;

  private PairKey(PrivateKey secret, byte[] open) {
    this.secret = secret;
    this.open = open;
  }

  /**
   * A fresh key.
   *
   * @param random its source
   * @throws CryptoException {@code crypto.unsupported} if this Java has no X25519
   */
  public static PairKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
      generator.initialize(NamedParameterSpec.X25519, random);
      KeyPair pair = generator.generateKeyPair();
      return new PairKey(pair.getPrivate(), little(((XECPublicKey) pair.getPublic()).getU()));
    } catch (GeneralSecurityException absent) {
      throw unsupported(absent);
    }
  }

  /** What the other parties need: a u-coordinate, little-endian; a new array. */
  public byte[] publicBytes() {
    return open.clone();
  }

  /**
   * The mask that this party shares with another.
   *
   * @param peer the other's public key
   * @param context what both know of the occasion; another one gives other masks
   * @throws CryptoException {@code crypto.invalid-point} if the key is not of 32 bytes, not below
   *     the prime of the curve, of low order, or this party's own
   */
  public PairMask with(byte[] peer, byte[] context) {
    BigInteger u = checked(peer);
    byte[] shared;
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("X25519");
      agreement.init(secret);
      agreement.doPhase(
          KeyFactory.getInstance("X25519")
              .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u)),
          true);
      shared = agreement.generateSecret();
    } catch (InvalidKeyException lowOrder) {
      throw refused("of low order");
    } catch (GeneralSecurityException absent) {
      throw unsupported(absent);
    }
    boolean first = Arrays.compareUnsigned(open, peer) < 0;
    byte[] key = derive(shared, first ? open : peer, first ? peer : open, context);
    Arrays.fill(shared, (byte) 0);
    return new PairMask(key, first);
  }

  private BigInteger checked(byte[] peer) {
    if (peer.length != BYTES) {
      throw refused("of " + peer.length + " bytes");
    }
    if (Arrays.equals(peer, open)) {
      throw refused("equal to this party's own");
    }
    byte[] big = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      big[BYTES - 1 - i] = peer[i];
    }
    BigInteger u = new BigInteger(1, big);
    if (u.compareTo(PRIME) >= 0) {
      throw refused("not below 2^255-19");
    }
    return u;
  }

  /** HKDF with SHA-256: extract without salt, then one block, which is all that is needed. */
  private static byte[] derive(byte[] shared, byte[] first, byte[] second, byte[] context) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(new byte[mac.getMacLength()], HMAC));
      mac.init(new SecretKeySpec(mac.doFinal(shared), HMAC));
      mac.update(LABEL);
      mac.update(first);
      mac.update(second);
      mac.update(context);
      return mac.doFinal(new byte[] {1});
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has " + HMAC, impossible);
    }
  }

  private static byte[] little(BigInteger u) {
    byte[] big = u.toByteArray();
    byte[] out = new byte[BYTES];
    for (int i = 0; i < Math.min(BYTES, big.length); i++) {
      out[i] = big[big.length - 1 - i];
    }
    return out;
  }

  private static CryptoException refused(String found) {
    return new CryptoException(
        Reason.INVALID_POINT,
        "the public key of a party of the sum: found one "
            + found
            + ", allowed are fresh X25519 keys of 32 bytes");
  }

  private static CryptoException unsupported(GeneralSecurityException why) {
    CryptoException refused =
        new CryptoException(Reason.UNSUPPORTED, "this Java has no X25519 (module jdk.crypto.ec)");
    refused.initCause(why);
    return refused;
  }

  @Override
  public String toString() {
    return "aggregation key";
  }
}
