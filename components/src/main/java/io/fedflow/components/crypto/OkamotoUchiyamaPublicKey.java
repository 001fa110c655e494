package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The public half of a key pair of Okamoto and Uchiyama (EUROCRYPT 1998): {@code n = p^2 q}, a
 * generator g of the messages and {@code h = y^n}, the base of obfuscators. A ciphertext of m is
 * {@code g^m h^r mod n}.
 *
 * <p>g and h generate small groups: their orders modulo p and q are primes of {@link
 * #factorBits(int)} bits, so short powers reach all of them. Nobody without the factors can check
 * that; a peer whose key is another cannot decrypt what is encrypted for it.
 *
 * <p>Immutable and thread-safe. Equal keys have equal moduli, generators and bases.
 */
public final class OkamotoUchiyamaPublicKey extends AdditivePublicKey {

  /** By how many bits an exponent is longer than the order of h: then its powers are uniform. */
  private static final int UNIFORMITY_BITS = 64;

  private final BigInteger generator;
  private final BigInteger obfuscatorBase;

  /**
   * A checked key.
   *
   * @param modulus n, odd, {@link #MINIMUM_BITS} bits or more
   * @param generator g, of [2, n-2] and prime to n
   * @param obfuscatorBase h, of [2, n-2] and prime to n, another number than g
   * @throws CryptoException with reason MALFORMED if a number is out of range, KEY_TOO_SMALL if the
   *     modulus is too short
   */
  public OkamotoUchiyamaPublicKey(
      BigInteger modulus, BigInteger generator, BigInteger obfuscatorBase) {
    super(
        checkedModulus(AdditiveScheme.OKAMOTO_UCHIYAMA, modulus),
        largestPlaintext(modulus),
        KeyId.ofMessage(message(modulus, generator, obfuscatorBase)));
    this.generator = checked(modulus, generator, "generator");
    this.obfuscatorBase = checked(modulus, obfuscatorBase, "obfuscator base");
    if (generator.equals(obfuscatorBase)) {
      throw new CryptoException(
          Reason.MALFORMED,
          "generator and obfuscator base of an Okamoto-Uchiyama key are the same");
    }
  }

  private static BigInteger checked(BigInteger modulus, BigInteger number, String name) {
    if (number.compareTo(BigInteger.TWO) < 0
        || number.compareTo(modulus.subtract(BigInteger.TWO)) > 0
        || !number.gcd(modulus).equals(BigInteger.ONE)) {
      throw new CryptoException(
          Reason.MALFORMED, "the " + name + " of an Okamoto-Uchiyama key is out of range");
    }
    return number;
  }

  /** Bits of the prime p of keys of so many bits; q has the rest, {@code bits - 2 p}. */
  static int primeBits(int bits) {
    return bits / 3;
  }

  /**
   * Bits of the large prime factor of p-1 and of that of q-1: to find the order of h modulo either
   * prime takes the square root of it, as much as to factor the modulus.
   */
  static int factorBits(int bits) {
    return bits < DEFAULT_BITS ? 160 : bits < 3072 ? 224 : 256;
  }

  /** p has its three top bits set, so twice this number is well below it. */
  private static BigInteger largestPlaintext(BigInteger modulus) {
    return BigInteger.ONE.shiftLeft(primeBits(modulus.bitLength()) - 2).subtract(BigInteger.ONE);
  }

  @Override
  public AdditiveScheme scheme() {
    return AdditiveScheme.OKAMOTO_UCHIYAMA;
  }

  /** g. */
  public BigInteger generator() {
    return generator;
  }

  /** h. */
  public BigInteger obfuscatorBase() {
    return obfuscatorBase;
  }

  /** Bits of an obfuscator's exponent: then obfuscators are within 2^-64 of uniform. */
  int exponentBits() {
    return 2 * factorBits(bits()) + UNIFORMITY_BITS;
  }

  @Override
  BigInteger ciphertextModulus() {
    return modulus();
  }

  @Override
  AdditiveCipher cipher(ModularKernelFactory kernels, ComputePool pool) {
    ModularKernel kernel = kernels.create(ciphertextModulus());
    return new AdditiveCipher(
        this,
        kernel,
        new GeneratorPowers(kernel, generator),
        new PublicObfuscators(kernel, obfuscatorBase, exponentBits()),
        pool);
  }

  /** The message form: mark of the scheme, then n, g and h with their lengths, big-endian. */
  @Override
  public byte[] encode() {
    return message(modulus(), generator, obfuscatorBase);
  }

  private static byte[] message(BigInteger modulus, BigInteger generator, BigInteger base) {
    byte[] n = modulus.toByteArray();
    byte[] g = generator.toByteArray();
    byte[] h = base.toByteArray();
    ByteBuffer out = ByteBuffer.allocate(1 + 3 * Integer.BYTES + n.length + g.length + h.length);
    out.put(AdditiveScheme.OKAMOTO_UCHIYAMA.mark());
    out.putInt(n.length).put(n).putInt(g.length).put(g).putInt(h.length).put(h);
    return out.array();
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws CryptoException with reason MALFORMED or KEY_TOO_SMALL
   */
  public static OkamotoUchiyamaPublicKey decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, "an Okamoto-Uchiyama public key");
    in.version(AdditiveScheme.OKAMOTO_UCHIYAMA.mark());
    BigInteger modulus = new BigInteger(1, in.bytes(in.length()));
    BigInteger generator = new BigInteger(1, in.bytes(in.length()));
    BigInteger base = new BigInteger(1, in.bytes(in.length()));
    in.end();
    return new OkamotoUchiyamaPublicKey(modulus, generator, base);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OkamotoUchiyamaPublicKey key
        && key.modulus().equals(modulus())
        && key.generator.equals(generator)
        && key.obfuscatorBase.equals(obfuscatorBase);
  }

  @Override
  public int hashCode() {
    return id().hashCode();
  }
}
