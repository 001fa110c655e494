package io.fedflow.components.crypto.curve25519;

import static io.fedflow.components.crypto.curve25519.Field25519.BYTES;
import static io.fedflow.components.crypto.curve25519.Field25519.WORDS;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import io.fedflow.components.crypto.CryptoSuite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** Chooses a kernel, and finishes what it computes. */
final class Ladders {

  /** Chosen once. */
  static final Supplier<LadderKernel> STANDARD =
      new Supplier<>() {
        private LadderKernel chosen;

        @Override
        public synchronized LadderKernel get() {
          if (chosen == null) {
            chosen = choose(all(), System.getProperty(CryptoSuite.KERNEL_PROPERTY));
          }
          return chosen;
        }
      };

  /** Points that share an inversion: more would save less than a hundredth. */
  private static final int BLOCK = 64;

  private static final byte[] TEST_SCALAR =
      HexFormat.of().parseHex("a046e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449a44");
  private static final byte[] TEST_POINT =
      HexFormat.of().parseHex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
  private static final byte[] TEST_PRODUCT =
      HexFormat.of().parseHex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");

  private Ladders() {}

  /**
   * The first kernel that can run and passes its self-test.
   *
   * @param kernels in order of preference, the scalar one at the end
   * @param wanted as {@link CryptoSuite#KERNEL_PROPERTY} says: of a kernel that has no ladder of
   *     its own, the scalar one; null for any
   */
  static LadderKernel choose(List<LadderKernel> kernels, String wanted) {
    List<LadderKernel> named =
        kernels.stream().filter(each -> wanted == null || each.name().equals(wanted)).toList();
    if (named.isEmpty()) {
      named = List.of(LadderKernel.scalar());
    }
    List<String> why = new ArrayList<>();
    for (LadderKernel kernel : named) {
      if (kernel.obstacle().isPresent()) {
        why.add(kernel.name() + ": " + kernel.obstacle().get());
      } else if (passes(kernel)) {
        return kernel;
      } else {
        why.add(kernel.name() + ": wrong results");
      }
    }
    throw new CryptoException(Reason.SELF_TEST, "no ladder can run: " + why);
  }

  private static List<LadderKernel> all() {
    List<LadderKernel> kernels = new ArrayList<>();
    try {
      ServiceLoader.load(LadderKernel.class, LadderKernel.class.getClassLoader())
          .forEach(kernels::add);
    } catch (ServiceConfigurationError broken) {
      // One that cannot even be loaded is one that is not there: the scalar one always is.
      kernels.clear();
    }
    kernels.add(LadderKernel.scalar());
    return kernels;
  }

  /** The vector of RFC 7748, 5.2, in more places than a kernel has lanes. */
  static boolean passes(LadderKernel kernel) {
    int count = 17;
    byte[] points = new byte[count * BYTES];
    byte[] expected = new byte[count * BYTES];
    for (int i = 0; i < count; i++) {
      System.arraycopy(TEST_POINT, 0, points, i * BYTES, BYTES);
      System.arraycopy(TEST_PRODUCT, 0, expected, i * BYTES, BYTES);
    }
    multiply(kernel, TEST_SCALAR, points, 0, count, points);
    return Arrays.equals(points, expected);
  }

  /**
   * Multiplies u coordinates, as {@link LadderKernel#climb}.
   *
   * @param out receives the coordinates of the products below p, at the positions of the points;
   *     may be {@code points}
   */
  static void multiply(
      LadderKernel kernel, byte[] scalar, byte[] points, int from, int count, byte[] out) {
    byte[] x = new byte[BLOCK * BYTES];
    byte[] z = new byte[BLOCK * BYTES];
    long[] inverses = new long[BLOCK * WORDS];
    long[] product = new long[WORDS];
    for (int start = from; start < from + count; start += BLOCK) {
      int size = Math.min(BLOCK, from + count - start);
      kernel.climb(scalar, points, start, size, x, z);
      for (int i = 0; i < size; i++) {
        Field25519.load(z, i * BYTES, inverses, i * WORDS);
      }
      FieldPowers.invertAll(inverses, size);
      for (int i = 0; i < size; i++) {
        Field25519.load(x, i * BYTES, product, 0);
        Field25519.multiply(product, 0, inverses, i * WORDS, product, 0);
        Field25519.store(product, 0, out, (start + i) * BYTES);
      }
    }
  }
}
