package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The public half of a Paillier key pair (Paillier, EUROCRYPT 1999), with the base of the short
 * obfuscators of Damgård, Jurik and Nielsen (2010): {@code hs = h^n mod n^2}, {@code h = -x^2}.
 *
 * <p>Immutable and thread-safe. Equal keys have equal moduli and bases.
 */
public final class PaillierPublicKey extends AdditivePublicKey {

  private final BigInteger modulusSquared;
  private final BigInteger obfuscatorBase;

  /**
   * A checked key.
   *
   * @param modulus n, odd, {@link #MINIMUM_BITS} bits or more
   * @param obfuscatorBase hs, of [2, n^2) and prime to n
   * @throws CryptoException with reason MALFORMED if a number is out of range, KEY_TOO_SMALL if the
   *     modulus is too short
   */
  public PaillierPublicKey(BigInteger modulus, BigInteger obfuscatorBase) {
    super(
        checkedModulus(AdditiveScheme.PAILLIER, modulus),
        modulus.divide(BigInteger.valueOf(3)).subtract(BigInteger.ONE),
        KeyId.of(modulus));
    this.modulusSquared = modulus.multiply(modulus);
    if (obfuscatorBase.compareTo(BigInteger.TWO) < 0
        || obfuscatorBase.compareTo(modulusSquared) >= 0
        || !obfuscatorBase.gcd(modulus).equals(BigInteger.ONE)) {
      throw new CryptoException(Reason.MALFORMED, "a Paillier obfuscator base is out of range");
    }
    this.obfuscatorBase = obfuscatorBase;
  }

  @Override
  public AdditiveScheme scheme() {
    return AdditiveScheme.PAILLIER;
  }

  /** {@code h^n mod n^2}. */
  public BigInteger obfuscatorBase() {
    return obfuscatorBase;
  }

  /** n^2. */
  @Override
  BigInteger ciphertextModulus() {
    return modulusSquared;
  }

  /** With random exponents of half the modulus's bits, as section 4.2 of the paper has it. */
  @Override
  AdditiveCipher cipher(ModularKernelFactory kernels, ComputePool pool) {
    ModularKernel kernel = kernels.create(modulusSquared);
    return cipher(kernel, new PublicObfuscators(kernel, obfuscatorBase, (bits() + 1) / 2), pool);
  }

  /**
   * A cipher with given obfuscators.
   *
   * @param kernel of n^2
   */
  AdditiveCipher cipher(ModularKernel kernel, Obfuscators obfuscators, ComputePool pool) {
    return new AdditiveCipher(
        this, kernel, new PaillierEncoding(kernel, modulus()), obfuscators, pool);
  }

  /** The message form: mark of the scheme, then n and hs with their lengths, big-endian. */
  @Override
  public byte[] encode() {
    byte[] n = modulus().toByteArray();
    byte[] hs = obfuscatorBase.toByteArray();
    ByteBuffer out = ByteBuffer.allocate(1 + 4 + n.length + 4 + hs.length);
    out.put(AdditiveScheme.PAILLIER.mark()).putInt(n.length).put(n).putInt(hs.length).put(hs);
    return out.array();
  }

  /**
   * Reads what {@link #encode()} wrote.
   *
   * @throws CryptoException with reason MALFORMED or KEY_TOO_SMALL
   */
  public static PaillierPublicKey decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes, "a Paillier public key");
    in.version(AdditiveScheme.PAILLIER.mark());
    BigInteger modulus = new BigInteger(1, in.bytes(in.length()));
    BigInteger base = new BigInteger(1, in.bytes(in.length()));
    in.end();
    return new PaillierPublicKey(modulus, base);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PaillierPublicKey key
        && key.modulus().equals(modulus())
        && key.obfuscatorBase.equals(obfuscatorBase);
  }

  @Override
  public int hashCode() {
    return id().hashCode();
  }
}
