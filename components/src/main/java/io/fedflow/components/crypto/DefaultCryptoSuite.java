package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Supplier;

/** Makes everything on one kernel, which is asked for when it is needed. */
final class DefaultCryptoSuite implements CryptoSuite {

  private final Supplier<KernelChoice> choice;

  /** The supplier always gives the same. */
  DefaultCryptoSuite(Supplier<KernelChoice> choice) {
    this.choice = choice;
  }

  private ModularKernelFactory kernels() {
    return choice.get().kernels();
  }

  @Override
  public String kernelName() {
    return kernels().name();
  }

  @Override
  public String kernelReport() {
    return choice.get().report();
  }

  @Override
  public AdditiveCipher cipher(AdditivePublicKey key, ComputePool pool) {
    return key.cipher(kernels(), pool);
  }

  @Override
  public AdditiveOwner owner(AdditiveKeyPair pair, ComputePool pool) {
    return pair.owner(kernels(), pool);
  }

  @Override
  public BlindSigner blindSigner(RsaKeyPair pair, ComputePool pool) {
    return new BlindSigner(pair, kernels(), pool);
  }

  @Override
  public BlindClient blindClient(RsaPublicKey key, ComputePool pool) {
    return new BlindClient(key, kernels().create(key.modulus()), pool);
  }

  @Override
  public SecretPowers secretPowers(BigInteger modulus, BigInteger exponent, ComputePool pool) {
    return new SecretPowers(kernels(), modulus, exponent, pool);
  }

  @Override
  public FixedBases fixedBases(
      BigInteger modulus, List<BigInteger> bases, int exponentBits, ComputePool pool) {
    return new FixedBases(kernels().create(modulus), bases, exponentBits, pool);
  }

  @Override
  public String toString() {
    return "crypto suite";
  }
}
