package io.fedflow.components.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.ModularKernelFactory;
import io.fedflow.components.crypto.dh.DhGroup;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Powers to one secret exponent are those of {@link BigInteger}, on every kernel. */
class SecretPowersTest {

  private static final BigInteger P = DhGroup.of(1024).p();

  static Stream<ModularKernelFactory> kernels() {
    return Stream.of(
        ModularKernelFactory.scalar(), ModularKernelFactory.doubles(), new VectorKernels());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void powers_areBigIntegers_inBatchesOfAnyCount_andOnAnyPool(ModularKernelFactory kernel) {
    Assumptions.assumeTrue(kernel.obstacle().isEmpty());
    CryptoSuite suite = CryptoSuite.select(List.of(kernel), null);
    Random random = new Random(3);
    BigInteger exponent = new BigInteger(1020, random).setBit(1019);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int count : new int[] {0, 1, 7, 33, 70}) {
        BigInteger[] bases = new BigInteger[count];
        Arrays.setAll(bases, i -> new BigInteger(1023, random));
        if (count > 1) {
          bases[0] = BigInteger.ONE;
          bases[1] = P.add(BigInteger.TWO);
        }
        BigInteger[] expected =
            Arrays.stream(bases).map(b -> b.modPow(exponent, P)).toArray(BigInteger[]::new);
        for (ComputePool pool :
            new ComputePool[] {ComputePool.inline(), ComputePool.of(threads, 3)}) {
          assertThat(suite.secretPowers(P, exponent, pool).of(bases)).isEqualTo(expected);
        }
      }
    } finally {
      threads.shutdown();
    }
  }
}
