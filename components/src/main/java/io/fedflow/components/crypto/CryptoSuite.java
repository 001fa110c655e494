package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.List;

/**
 * The door to the cryptography: makes ciphers and signers that all compute on one kernel.
 *
 * <p>Thread-safe. Objects it makes share nothing, so make one for a task and keep it: encryption
 * tables are built once for each.
 */
public interface CryptoSuite {

  /**
   * The system property that names the kernel, {@code vector}, {@code double} or {@code scalar};
   * unset, the first that passes its self-test and is no slower than those after it.
   */
  String KERNEL_PROPERTY = "fedflow.crypto.kernel";

  /**
   * The suite of this process, with the kernel named by {@link #KERNEL_PROPERTY}. The kernel is
   * chosen once for a process, when something first asks for it or for what computes on it; that
   * takes some tenths of a second, or some seconds where the vector kernel must be compiled first,
   * and then throws CryptoException with reason SELF_TEST if the kernel computes wrong results,
   * UNSUPPORTED if it cannot run here.
   *
   * @throws CryptoException with reason UNSUPPORTED if the property names no known kernel
   */
  static CryptoSuite standard() {
    return StandardKernels.suite(System.getProperty(KERNEL_PROPERTY));
  }

  /**
   * A suite on the first of some kernels that has the wanted name and passes its self-test.
   *
   * @param kernels in order of preference, not empty
   * @param wanted the name of a kernel; null for any, and then kernels that fail, cannot run here
   *     or are slower than one after them are passed over as long as one passes
   * @throws CryptoException with reason UNSUPPORTED or SELF_TEST
   */
  static CryptoSuite select(List<ModularKernelFactory> kernels, String wanted) {
    KernelChoice choice = KernelSelection.choose(kernels, wanted);
    return new DefaultCryptoSuite(() -> choice);
  }

  /** The name of the kernel, for the job's log. */
  String kernelName();

  /** The name of the kernel and why it was chosen, one line for the job's log. */
  default String kernelReport() {
    return kernelName();
  }

  /**
   * Encryption and arithmetic for a holder of the public key.
   *
   * @param pool carries the work
   */
  AdditiveCipher cipher(AdditivePublicKey key, ComputePool pool);

  /**
   * Encryption, arithmetic and decryption for the holder of the private key.
   *
   * @param pool carries the work
   */
  AdditiveOwner owner(AdditiveKeyPair pair, ComputePool pool);

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

  /**
   * Powers of many numbers to one secret exponent.
   *
   * @param modulus odd, above 1
   * @param exponent non-negative
   * @param pool carries the work
   */
  SecretPowers secretPowers(BigInteger modulus, BigInteger exponent, ComputePool pool);

  /**
   * Products of powers of a few bases that stay the same.
   *
   * @param modulus odd, above 1
   * @param bases at least one, each of [0, modulus)
   * @param exponentBits the longest exponent, in bits; at least 1
   * @param pool carries the work
   */
  FixedBases fixedBases(
      BigInteger modulus, List<BigInteger> bases, int exponentBits, ComputePool pool);
}
