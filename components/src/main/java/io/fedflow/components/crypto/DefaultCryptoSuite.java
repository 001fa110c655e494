package io.fedflow.components.crypto;

/** Makes everything on one kernel. */
final class DefaultCryptoSuite implements CryptoSuite {

  private final ModularKernelFactory kernels;

  DefaultCryptoSuite(ModularKernelFactory kernels) {
    this.kernels = kernels;
  }

  @Override
  public String kernelName() {
    return kernels.name();
  }

  @Override
  public PaillierCipher paillier(PaillierPublicKey key, ComputePool pool) {
    ModularKernel kernel = kernels.create(key.modulusSquared());
    return new PaillierCipher(key, kernel, new PublicObfuscators(key, kernel), pool);
  }

  @Override
  public PaillierOwner paillier(PaillierKeyPair pair, ComputePool pool) {
    PaillierPublicKey key = pair.publicKey();
    ModularKernel kernel = kernels.create(key.modulusSquared());
    Obfuscators obfuscators = new OwnerObfuscators(pair, kernels, kernel);
    return new PaillierOwner(pair, new PaillierCipher(key, kernel, obfuscators, pool));
  }

  @Override
  public BlindSigner blindSigner(RsaKeyPair pair, ComputePool pool) {
    return new BlindSigner(pair, pool);
  }

  @Override
  public BlindClient blindClient(RsaPublicKey key, ComputePool pool) {
    return new BlindClient(key, kernels.create(key.modulus()), pool);
  }

  @Override
  public String toString() {
    return "crypto suite[" + kernelName() + "]";
  }
}
