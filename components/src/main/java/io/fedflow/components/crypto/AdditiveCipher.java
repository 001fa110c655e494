package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * Encryption and arithmetic on ciphertext batches, under one public key of either scheme.
 *
 * <p>Results are deterministic except where a {@link SecureRandom} is a parameter: a sum or product
 * sent to a peer that knows the inputs' randomness must pass {@link #rerandomise} first. Every
 * operation checks the bound of its result before it computes anything and refuses with reason
 * OVERFLOW what could exceed {@link AdditivePublicKey#largestPlaintext()}; WRONG_KEY if an operand
 * is under another key; SHAPE if counts or scales do not match.
 *
 * <p>Thread-safe and immutable but for a table that the first encryption builds. Work is spread
 * over the pool given at construction; results do not depend on its width.
 */
public final class AdditiveCipher {

  /** Ciphertexts below which a cheap product is not worth a thread. */
  private static final int CHEAP = 64;

  private static final BigInteger LONG_MINIMUM_MAGNITUDE = BigInteger.ONE.shiftLeft(63);

  private final AdditivePublicKey key;
  private final ModularKernel kernel;
  private final VisibleEncryption visible;
  private final Obfuscators obfuscators;
  private final ComputePool pool;

  AdditiveCipher(
      AdditivePublicKey key,
      ModularKernel kernel,
      VisibleEncryption visible,
      Obfuscators obfuscators,
      ComputePool pool) {
    this.key = key;
    this.kernel = kernel;
    this.visible = visible;
    this.obfuscators = obfuscators;
    this.pool = pool;
  }

  /** The key. */
  public AdditivePublicKey key() {
    return key;
  }

  ModularKernel kernel() {
    return kernel;
  }

  ComputePool pool() {
    return pool;
  }

  /**
   * Encrypts.
   *
   * @param plain read, not retained
   * @param random source of the obfuscators
   * @return same count, scale and bound
   * @throws CryptoException with reason KEY_TOO_SMALL if the bound exceeds the message space
   */
  public CiphertextBatch encrypt(PlaintextBatch plain, SecureRandom random) {
    return obfuscate(encryptVisibly(plain), random);
  }

  /**
   * Hides which computation a batch comes from: multiplies each ciphertext by a fresh encryption of
   * zero.
   */
  public CiphertextBatch rerandomise(CiphertextBatch batch, SecureRandom random) {
    return obfuscate(own(batch), random);
  }

  private CiphertextBatch obfuscate(CiphertextBatch batch, SecureRandom random) {
    int words = kernel.words();
    long[] out = new long[batch.limbs().length];
    ResidueWriter factors = obfuscators.draw(batch.count(), random);
    pool.forLanes(
        batch.count(),
        1,
        kernel.lanes(),
        (from, to) -> {
          long[] hidden = new long[(to - from) * words];
          factors.write(from, to, hidden, 0);
          kernel.mulBatch(batch.limbs(), from, hidden, 0, out, from, to - from);
        });
    return result(out, batch.scaleBits(), batch.bound());
  }

  /**
   * Encrypts without hiding anything: for constants that take part in sums and products.
   *
   * @throws CryptoException with reason KEY_TOO_SMALL if the bound exceeds the message space
   */
  public CiphertextBatch encryptVisibly(PlaintextBatch plain) {
    checkBound(plain.bound(), Reason.KEY_TOO_SMALL, "an encoding");
    long[] out = new long[Math.multiplyExact(plain.count(), kernel.words())];
    ResidueWriter ciphertexts = visible.of(plain);
    pool.forRanges(plain.count(), CHEAP, (from, to) -> ciphertexts.write(from, to, out, from));
    return result(out, plain.scaleBits(), plain.bound());
  }

  /** Adds entry by entry; equal counts and scales. */
  public CiphertextBatch add(CiphertextBatch a, CiphertextBatch b) {
    CiphertextBatch left = own(a);
    CiphertextBatch right = own(b);
    sameShape(left, right);
    BigInteger bound = a.bound().add(b.bound());
    checkBound(bound, Reason.OVERFLOW, "a sum");
    return result(products(left, right.limbs()), a.scaleBits(), bound);
  }

  /** Subtracts entry by entry; equal counts and scales. One inversion for the whole batch. */
  public CiphertextBatch subtract(CiphertextBatch a, CiphertextBatch b) {
    return add(a, negate(b));
  }

  /**
   * What is left of sums when parts of them are taken away; equal counts and scales. Keeps the
   * bound of the whole, so the caller must know what a part is: the sum of some of those summands,
   * none of them negative, that its whole is the sum of.
   */
  public CiphertextBatch remainder(CiphertextBatch whole, CiphertextBatch part) {
    CiphertextBatch left = own(whole);
    CiphertextBatch right = own(negate(part));
    sameShape(left, right);
    return result(products(left, right.limbs()), whole.scaleBits(), whole.bound());
  }

  /**
   * Adds known numbers entry by entry; equal counts and scales. Deterministic: somebody who knows
   * the old ciphertext learns the difference.
   */
  public CiphertextBatch addPlain(CiphertextBatch a, PlaintextBatch plain) {
    return add(a, encryptVisibly(plain));
  }

  /** Negates; one inversion for each piece of work, three products a ciphertext. */
  public CiphertextBatch negate(CiphertextBatch batch) {
    long[] out = own(batch).limbs().clone();
    pool.forRanges(
        batch.count(), CHEAP, (from, to) -> Residues.invertBatch(kernel, out, from, to - from));
    return result(out, batch.scaleBits(), batch.bound());
  }

  /**
   * Multiplies entry i by a whole number.
   *
   * @param scalars shape [count]; any long
   * @param scalarBound public; at least every |scalar|, of [0, 2^63]
   * @return same scale, bound times {@code scalarBound}
   * @throws CryptoException with reason OUT_OF_RANGE if a scalar exceeds its bound
   */
  public CiphertextBatch multiply(CiphertextBatch batch, long[] scalars, BigInteger scalarBound) {
    return multiply(batch, scalars, scalarBound, 0);
  }

  /**
   * Multiplies entry i by a real number in fixed point.
   *
   * @param factors shape [count]
   * @param encoding of the factors
   * @return scale {@code batch.scaleBits() + encoding.scaleBits()}
   * @throws CryptoException with reason OUT_OF_RANGE if a factor does not fit the encoding
   */
  public CiphertextBatch multiply(CiphertextBatch batch, double[] factors, FixedPoint encoding) {
    long[] scalars = new long[factors.length];
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = encoding.mantissa(factors[i], i);
    }
    BigInteger bound = BigInteger.valueOf(encoding.largestMantissa());
    return multiply(batch, scalars, bound, encoding.scaleBits());
  }

  private CiphertextBatch multiply(
      CiphertextBatch batch, long[] scalars, BigInteger scalarBound, int scalarScale) {
    if (scalars.length != batch.count()) {
      throw new CryptoException(
          Reason.SHAPE, scalars.length + " factors for " + batch.count() + " ciphertexts");
    }
    checkScalars(scalars, scalarBound);
    BigInteger bound = batch.bound().multiply(scalarBound);
    checkBound(bound, Reason.OVERFLOW, "a product");
    long[] out = own(batch).limbs().clone();
    pool.forLanes(
        batch.count(),
        1,
        kernel.lanes(),
        (from, to) -> ScalarPowers.apply(kernel, out, scalars, from, to));
    return result(out, Math.addExact(batch.scaleBits(), scalarScale), bound);
  }

  private static void checkScalars(long[] scalars, BigInteger bound) {
    long limit = bound.min(LONG_MINIMUM_MAGNITUDE).longValue();
    for (int i = 0; i < scalars.length; i++) {
      if (limit >= 0 && (scalars[i] > limit || scalars[i] < -limit)) {
        throw new CryptoException(
            Reason.OUT_OF_RANGE, "the factor at index " + i + " exceeds its bound");
      }
    }
  }

  /**
   * Gives the same values a finer scale, by multiplying with a power of two.
   *
   * @param scaleBits at least the batch's own
   * @throws CryptoException with reason SHAPE if the scale is coarser
   */
  public CiphertextBatch withScale(CiphertextBatch batch, int scaleBits) {
    int times = Math.subtractExact(scaleBits, batch.scaleBits());
    if (times < 0) {
      throw new CryptoException(
          Reason.SHAPE, "scale 2^-" + scaleBits + " is coarser than 2^-" + batch.scaleBits());
    }
    return doubled(batch, times, scaleBits);
  }

  /**
   * Multiplies every hidden integer by {@code 2^times}; the scale stays, so the values grow.
   *
   * @param times 0 or more
   */
  public CiphertextBatch shiftLeft(CiphertextBatch batch, int times) {
    if (times < 0) {
      throw new IllegalArgumentException("a shift by " + times + "; must not be negative");
    }
    return doubled(batch, times, batch.scaleBits());
  }

  private CiphertextBatch doubled(CiphertextBatch batch, int times, int scaleBits) {
    if (times > key.bits()) {
      throw overflow("a shift", times);
    }
    BigInteger bound = batch.bound().shiftLeft(times);
    checkBound(bound, Reason.OVERFLOW, "a shift");
    long[] out = own(batch).limbs().clone();
    pool.forLanes(
        batch.count(),
        1,
        kernel.lanes(),
        (from, to) -> kernel.squareBatch(out, from, to - from, times));
    return result(out, scaleBits, bound);
  }

  /** The sum of all entries, as a batch of one; of an empty batch, a visible zero. */
  public CiphertextBatch sum(CiphertextBatch batch) {
    BigInteger bound = batch.bound().multiply(BigInteger.valueOf(batch.count()));
    checkBound(bound, Reason.OVERFLOW, "a sum of " + batch.count());
    return result(product(own(batch)), batch.scaleBits(), bound);
  }

  /** Puts batches of one scale behind each other. */
  public CiphertextBatch concat(java.util.List<CiphertextBatch> batches) {
    if (batches.isEmpty()) {
      return result(new long[0], 0, BigInteger.ZERO);
    }
    int count = 0;
    BigInteger bound = BigInteger.ZERO;
    for (CiphertextBatch batch : batches) {
      sameScale(batches.get(0), batch);
      count = Math.addExact(count, batch.count());
      bound = bound.max(batch.bound());
    }
    long[] out = new long[Math.multiplyExact(count, kernel.words())];
    int at = 0;
    for (CiphertextBatch batch : batches) {
      long[] limbs = own(batch).limbs();
      System.arraycopy(limbs, 0, out, at, limbs.length);
      at += limbs.length;
    }
    return result(out, batches.get(0).scaleBits(), bound);
  }

  /**
   * Reads and checks a batch that a peer sent: its form, its key, that every ciphertext is below
   * the modulus and prime to it, and that its bound fits the message space.
   *
   * @param bytes what {@link CiphertextBatch#encode()} gave
   * @throws CryptoException with reason WRONG_KEY, MALFORMED, INVALID_CIPHERTEXT or OVERFLOW
   */
  public CiphertextBatch decode(byte[] bytes) {
    CiphertextBatch batch = CiphertextBatch.decode(key, kernel, bytes);
    checkBound(batch.bound(), Reason.OVERFLOW, "a received batch");
    BigInteger all = Residues.leave(kernel, product(batch), 0);
    if (!all.gcd(key.modulus()).equals(BigInteger.ONE)) {
      throw new CryptoException(
          Reason.INVALID_CIPHERTEXT,
          "a received batch holds a number that is not prime to the modulus");
    }
    return batch;
  }

  /**
   * As {@link #decode(byte[])}, and the batch has {@code count} ciphertexts.
   *
   * @throws CryptoException also with reason MALFORMED if the count is another
   */
  public CiphertextBatch decode(byte[] bytes, int count) {
    CiphertextBatch batch = decode(bytes);
    if (batch.count() != count) {
      throw new CryptoException(
          Reason.MALFORMED, batch.count() + " ciphertexts received, expected " + count);
    }
    return batch;
  }

  private long[] product(CiphertextBatch batch) {
    int pieces = Math.max(1, Math.min(batch.count() / CHEAP, 4 * pool.parallelism()));
    int words = kernel.words();
    long[] partial = new long[pieces * words];
    pool.forRanges(
        pieces,
        1,
        (first, last) -> {
          for (int piece = first; piece < last; piece++) {
            int from = (int) ((long) batch.count() * piece / pieces);
            int to = (int) ((long) batch.count() * (piece + 1) / pieces);
            long[] one = Residues.product(kernel, batch.limbs(), from, to - from);
            System.arraycopy(one, 0, partial, piece * words, words);
          }
        });
    return Residues.product(kernel, partial, 0, pieces);
  }

  private long[] products(CiphertextBatch a, long[] others) {
    long[] out = new long[a.limbs().length];
    pool.forLanes(
        a.count(),
        CHEAP,
        kernel.lanes(),
        (from, to) -> kernel.mulBatch(a.limbs(), from, others, from, out, from, to - from));
    return out;
  }

  CiphertextBatch result(long[] limbs, int scaleBits, BigInteger bound) {
    return new CiphertextBatch(key, kernel, limbs, scaleBits, bound);
  }

  /** Refuses a batch of another key. */
  CiphertextBatch own(CiphertextBatch batch) {
    Objects.requireNonNull(batch, "batch");
    if (!batch.key().id().equals(key.id())) {
      throw new CryptoException(
          Reason.WRONG_KEY,
          "ciphertexts under key " + batch.key().id() + ", expected key " + key.id());
    }
    return batch.adopt(kernel);
  }

  void checkBound(BigInteger bound, Reason reason, String what) {
    if (bound.compareTo(key.largestPlaintext()) > 0) {
      throw new CryptoException(
          reason,
          what
              + " may need "
              + bound.bitLength()
              + " bits; a key of "
              + key.bits()
              + " bits holds "
              + (key.largestPlaintext().bitLength() - 1));
    }
  }

  private CryptoException overflow(String what, int bits) {
    return new CryptoException(
        Reason.OVERFLOW, what + " by " + bits + " bits exceeds a key of " + key.bits() + " bits");
  }

  private static void sameShape(CiphertextBatch a, CiphertextBatch b) {
    if (a.count() != b.count()) {
      throw new CryptoException(
          Reason.SHAPE, "batches of " + a.count() + " and " + b.count() + " ciphertexts");
    }
    sameScale(a, b);
  }

  private static void sameScale(CiphertextBatch a, CiphertextBatch b) {
    if (a.scaleBits() != b.scaleBits()) {
      throw new CryptoException(
          Reason.SHAPE,
          "batches of scales 2^-" + a.scaleBits() + " and 2^-" + b.scaleBits() + "; align them");
    }
  }

  @Override
  public String toString() {
    return key.scheme().title() + " cipher[" + key.id() + ", " + kernel.name() + "]";
  }
}
