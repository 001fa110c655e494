package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.Random;

/** Compares a kernel with {@link BigInteger} on fixed pseudo-random numbers. A few milliseconds. */
final class KernelSelfTest {

  private static final int[] MODULUS_BITS = {1024, 2048, 4096};
  private static final int NUMBERS = 9;

  private KernelSelfTest() {}

  static boolean passes(ModularKernelFactory factory) {
    Random numbers = new Random(682);
    for (int bits : MODULUS_BITS) {
      BigInteger modulus = new BigInteger(bits, numbers).setBit(0).setBit(bits - 1);
      if (!multiplies(factory.create(modulus), numbers)) {
        return false;
      }
    }
    return true;
  }

  private static boolean multiplies(ModularKernel kernel, Random numbers) {
    BigInteger modulus = kernel.modulus();
    BigInteger[] a = new BigInteger[NUMBERS];
    BigInteger[] b = new BigInteger[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      a[i] = new BigInteger(modulus.bitLength() + 64, numbers).mod(modulus);
      b[i] = new BigInteger(modulus.bitLength() + 64, numbers).mod(modulus);
    }
    a[0] = BigInteger.ZERO;
    a[1] = modulus.subtract(BigInteger.ONE);
    b[1] = a[1];
    long[] left = Residues.enterAll(kernel, a);
    long[] right = Residues.enterAll(kernel, b);
    kernel.mulBatch(left, 0, right, 0, right, 0, NUMBERS);
    kernel.squareBatch(right, 0, NUMBERS, 2);
    BigInteger[] found = Residues.leaveAll(kernel, right, 0, NUMBERS);
    BigInteger four = BigInteger.valueOf(4);
    for (int i = 0; i < NUMBERS; i++) {
      if (!found[i].equals(a[i].multiply(b[i]).modPow(four, modulus))) {
        return false;
      }
    }
    return true;
  }
}
