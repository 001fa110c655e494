package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;

/**
 * Signs numbers without learning what they are (Chaum, CRYPTO 1982): {@code m^d mod n}, modulo each
 * prime. Thread-safe; results do not depend on the pool's width. Running time depends on the
 * secrets.
 */
public final class BlindSigner {

  private final RsaKeyPair pair;
  private final ComputePool pool;
  private final int lanes;
  private final SecretPower powerP;
  private final SecretPower powerQ;
  private final BigInteger inverseOfQ;

  BlindSigner(RsaKeyPair pair, ModularKernelFactory kernels, ComputePool pool) {
    this.pair = pair;
    this.pool = pool;
    this.lanes = kernels.create(pair.publicKey().modulus()).lanes();
    this.powerP = new SecretPower(kernels, pair.p(), exponent(pair.p()));
    this.powerQ = new SecretPower(kernels, pair.q(), exponent(pair.q()));
    this.inverseOfQ = pair.q().modInverse(pair.p());
  }

  private BigInteger exponent(BigInteger prime) {
    return pair.publicKey().exponent().modInverse(prime.subtract(BigInteger.ONE));
  }

  /** The key that signatures are checked with. */
  public RsaPublicKey publicKey() {
    return pair.publicKey();
  }

  /**
   * Signs: own hashes, or a peer's blinded ones.
   *
   * @return the signatures, same count and order
   * @throws CryptoException with reason WRONG_KEY if the batch is under another key
   */
  public ResidueBatch sign(ResidueBatch messages) {
    if (!messages.key().id().equals(publicKey().id())) {
      throw new CryptoException(
          Reason.WRONG_KEY,
          "numbers under key " + messages.key().id() + ", expected key " + publicKey().id());
    }
    int width = LittleEndian.width(publicKey().modulus());
    byte[] out = new byte[Math.multiplyExact(messages.count(), width)];
    pool.forLanes(
        messages.count(),
        1,
        lanes,
        (from, to) -> {
          BigInteger[] numbers = new BigInteger[to - from];
          for (int i = from; i < to; i++) {
            numbers[i - from] = messages.get(i);
          }
          BigInteger[] p = powerP.of(numbers);
          BigInteger[] q = powerQ.of(numbers);
          for (int i = from; i < to; i++) {
            LittleEndian.write(join(p[i - from], q[i - from]), out, i * width, width);
          }
        });
    return new ResidueBatch(publicKey(), out);
  }

  private BigInteger join(BigInteger p, BigInteger q) {
    return q.add(pair.q().multiply(p.subtract(q).multiply(inverseOfQ).mod(pair.p())));
  }

  /** Names the public key only. */
  @Override
  public String toString() {
    return "blind signer[" + publicKey().id() + "]";
  }
}
