package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/**
 * How long kernels take for a product of 2048 bits, in this process and on this processor. A kernel
 * is compiled while it is tried, which some need more than others: each gets a moment, and those
 * that are preferred as much longer as it takes to be the fastest, as long as they gain, within a
 * limit.
 */
final class KernelTrial {

  private static final int BITS = 2048;
  private static final int NUMBERS = 16;
  private static final long MOMENT_NANOS = 150_000_000;
  private static final long LIMIT_NANOS = 20_000_000_000L;

  /** On a busy machine the compiled form may take seconds to come. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  /** Rounds after a kernel has become the fastest, until its compiled form runs. */
  private static final int SETTLING_ROUNDS = 50;

  private KernelTrial() {}

  /**
   * Nanoseconds of one product, for each kernel.
   *
   * @param kernels that can run here, in order of preference; one alone is not tried
   */
  static double[] nanosOfProducts(List<ModularKernelFactory> kernels) {
    double[] nanos = new double[kernels.size()];
    double fastest = Double.POSITIVE_INFINITY;
    for (int i = kernels.size() - 1; i >= 0 && kernels.size() > 1; i--) {
      nanos[i] = trial(kernels.get(i), fastest);
      fastest = Math.min(fastest, nanos[i]);
    }
    return nanos;
  }

  private static double trial(ModularKernelFactory factory, double fastest) {
    Random random = new Random(NUMBERS);
    BigInteger modulus = new BigInteger(BITS, random).setBit(0).setBit(BITS - 1);
    ModularKernel kernel = factory.create(modulus);
    BigInteger[] numbers = new BigInteger[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = new BigInteger(BITS - 1, random);
    }
    long[] values = Residues.enterAll(kernel, numbers);
    long[] factors = values.clone();
    double best = Double.POSITIVE_INFINITY;
    long begin = System.nanoTime();
    int settling = 0;
    double gainedAt = Double.POSITIVE_INFINITY;
    long gained = 0;
    for (long used = 0;
        used < LIMIT_NANOS && used - gained < PATIENCE_NANOS && settling < SETTLING_ROUNDS; ) {
      long start = System.nanoTime();
      kernel.mulBatch(values, 0, factors, 0, values, 0, NUMBERS);
      long end = System.nanoTime();
      best = Math.min(best, (double) (end - start) / NUMBERS);
      used = end - begin;
      if (best < 0.9 * gainedAt) {
        gainedAt = best;
        gained = used;
      }
      if (used > MOMENT_NANOS && best < fastest) {
        settling++;
      }
    }
    return best;
  }
}
