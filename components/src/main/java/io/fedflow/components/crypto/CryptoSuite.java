package io.fedflow.components.crypto;

import java.util.List;

/**
 * The door to the cryptography: makes ciphers and signers that all compute on one kernel.
 *
 * <p>Thread-safe. Objects it makes share nothing, so make one for a task and keep it: encryption
 * tables are built once for each.
 */
public interface CryptoSuite {

  /**
   * The system property that names the kernel, {@code double} or {@code scalar}; unset, the first
   * that passes its self-test.
   */
  String KERNEL_PROPERTY = "fedflow.crypto.kernel";

  /**
   * The suite of this process, with the kernel named by {@link #KERNEL_PROPERTY}.
   *
   * @throws CryptoException with reason UNSUPPORTED if the property names no known kernel,
   *     SELF_TEST if the kernel computes wrong results
   */
  static CryptoSuite standard() {
    return select(
        List.of(ModularKernelFactory.doubles(), ModularKernelFactory.scalar()),
        System.getProperty(KERNEL_PROPERTY));
  }

  /**
   * A suite on the first of some kernels that has the wanted name and passes its self-test.
   *
   * @param kernels in order of preference, not empty
   * @param wanted the name of a kernel; null for any, and then kernels that fail are passed over as
   *     long as one passes
   * @throws CryptoException with reason UNSUPPORTED or SELF_TEST
   */
  static CryptoSuite select(List<ModularKernelFactory> kernels, String wanted) {
    return new DefaultCryptoSuite(KernelSelection.choose(kernels, wanted));
  }

  /** The name of the kernel, for the job's log. */
  String kernelName();

  /**
   * Encryption and arithmetic for a holder of the public key.
   *
   * @param pool carries the work
   */
  PaillierCipher paillier(PaillierPublicKey key, ComputePool pool);

  /**
   * Encryption, arithmetic and decryption for the holder of the private key.
   *
   * @param pool carries the work
   */
  PaillierOwner paillier(PaillierKeyPair pair, ComputePool pool);

  /**
   * Blind signing, the side that holds the key.
   *
   * @param pool carries the work
   */
  BlindSigner blindSigner(RsaKeyPair pair, ComputePool pool);

  /**
   * Blind signing, the side that wants signatures.
   *
   * @param pool carries the work
   */
  BlindClient blindClient(RsaPublicKey key, ComputePool pool);
}
