package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * Obtains signatures of hashes that the signer does not see (Chaum, CRYPTO 1982). Thread-safe;
 * results do not depend on the pool's width.
 */
public final class BlindClient {

  private static final int CHEAP = 16;

  private final RsaPublicKey key;
  private final ModularKernel kernel;
  private final ComputePool pool;

  BlindClient(RsaPublicKey key, ModularKernel kernel, ComputePool pool) {
    this.key = key;
    this.kernel = kernel;
    this.pool = pool;
  }

  /** The signer's key. */
  public RsaPublicKey key() {
    return key;
  }

  /**
   * Blinds hashes with uniform factors: {@code h * r^e mod n}.
   *
   * @param hashes each of [0, n)
   * @param random source of the factors
   * @throws CryptoException with reason OUT_OF_RANGE that names the index of a hash that is not
   *     below n
   */
  public Blinding blind(BigInteger[] hashes, SecureRandom random) {
    return blind(hashes, key.bits() + 64, random);
  }

  /**
   * Blinds with short factors, as some protocols ask; cost is the same, privacy is less.
   *
   * @param factorBits bits of each factor, at least 128
   */
  public Blinding blind(BigInteger[] hashes, int factorBits, SecureRandom random) {
    if (factorBits < 128) {
      throw new IllegalArgumentException("factors of " + factorBits + " bits; at least 128");
    }
    int count = hashes.length;
    ResidueBatch checked = ResidueBatch.of(key, hashes);
    BigInteger[] factors = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      do {
        factors[i] = new BigInteger(factorBits, random).mod(key.modulus());
      } while (factors[i].compareTo(BigInteger.ONE) <= 0);
    }
    int width = LittleEndian.width(key.modulus());
    byte[] blinded = new byte[checked.bytes().length];
    long[] inverses = Residues.enterAll(kernel, factors);
    pool.forLanes(
        count,
        CHEAP,
        kernel.lanes(),
        (from, to) -> {
          int size = to - from;
          long[] powers = new long[size * kernel.words()];
          Residues.powShared(kernel, inverses, from, size, key.exponent(), powers);
          long[] plain = new long[powers.length];
          kernel.load(checked.bytes(), from * width, width, plain, 0, size);
          kernel.mulBatch(powers, 0, plain, 0, powers, 0, size);
          kernel.store(powers, 0, size, blinded, from * width, width);
          Residues.invertBatch(kernel, inverses, from, size);
        });
    return new Blinding(new ResidueBatch(key, blinded), inverses);
  }

  /** Blinded hashes and the secret factors to unblind their signatures. */
  public final class Blinding {

    private final ResidueBatch messages;
    private final long[] inverses;

    private Blinding(ResidueBatch messages, long[] inverses) {
      this.messages = messages;
      this.inverses = inverses;
    }

    /** What to send to the signer. */
    public ResidueBatch messages() {
      return messages;
    }

    /**
     * Removes the factors from the signatures of {@link #messages()}.
     *
     * <p>Checks the product of all signatures against the product of all messages, which shows a
     * wrong key or a damaged batch, though not two errors that cancel.
     *
     * @param signatures same count and order as the messages
     * @return the signatures {@code h^d mod n}
     * @throws CryptoException with reason SHAPE if the counts differ, WRONG_KEY if the signatures
     *     are under another key or wrong
     */
    public ResidueBatch unblind(ResidueBatch signatures) {
      int count = messages.count();
      if (signatures.count() != count) {
        throw new CryptoException(
            Reason.SHAPE, signatures.count() + " signatures for " + count + " messages");
      }
      if (!signatures.key().id().equals(key.id())) {
        throw new CryptoException(
            Reason.WRONG_KEY,
            "signatures under key " + signatures.key().id() + ", expected key " + key.id());
      }
      check(signatures);
      int width = LittleEndian.width(key.modulus());
      byte[] out = new byte[signatures.bytes().length];
      pool.forLanes(
          count,
          CHEAP,
          kernel.lanes(),
          (from, to) -> {
            long[] values = new long[(to - from) * kernel.words()];
            kernel.load(signatures.bytes(), from * width, width, values, 0, to - from);
            kernel.mulBatch(values, 0, inverses, from, values, 0, to - from);
            kernel.store(values, 0, to - from, out, from * width, width);
          });
      return new ResidueBatch(key, out);
    }

    private void check(ResidueBatch signatures) {
      BigInteger signed = product(signatures).modPow(key.exponent(), key.modulus());
      if (!signed.equals(product(messages))) {
        throw new CryptoException(Reason.WRONG_KEY, "the signatures do not match the messages");
      }
    }

    /** Reveals nothing but the key's name and the count. */
    @Override
    public String toString() {
      return "blinding[key=" + key.id() + ", count=" + messages.count() + "]";
    }
  }

  private BigInteger product(ResidueBatch batch) {
    long[] values = new long[Math.multiplyExact(batch.count(), kernel.words())];
    kernel.load(batch.bytes(), 0, LittleEndian.width(key.modulus()), values, 0, batch.count());
    return Residues.leave(kernel, Residues.product(kernel, values, 0, batch.count()), 0);
  }

  @Override
  public String toString() {
    return "blind client[" + key.id() + ", " + kernel.name() + "]";
  }
}
