package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every kernel keeps, beside {@link BigInteger}. */
public abstract class ModularKernelContract {

  /** The kernels to test. */
  protected abstract ModularKernelFactory factory();

  private static final int[] BITS = {
    3, 54, 55, 56, 57, 110, 111, 112, 113, 114, 512, 1024, 1455, 1765, 1766, 1823, 1824, 2047, 2048,
    3072, 4096, 5630, 6144, 7100, 8192
  };

  @Test
  void mulBatch_randomNumbers_agreesWithBigInteger() {
    for (int bits : BITS) {
      Random random = new Random(bits);
      BigInteger n = modulus(bits, random);
      ModularKernel kernel = factory().create(n);
      BigInteger[] a = numbers(n, 20, random);
      BigInteger[] b = numbers(n, 20, random);
      long[] left = Residues.enterAll(kernel, a);
      long[] right = Residues.enterAll(kernel, b);

      kernel.mulBatch(left, 0, right, 0, right, 0, 20);

      for (int i = 0; i < 20; i++) {
        assertThat(Residues.leave(kernel, right, i)).isEqualTo(a[i].multiply(b[i]).mod(n));
      }
    }
  }

  @Test
  void mulBatch_modulusOfOnes_extremesDoNotOverflow() {
    for (int bits : BITS) {
      BigInteger n = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      ModularKernel kernel = factory().create(n);
      BigInteger last = n.subtract(BigInteger.ONE);
      long[] value = Residues.enter(kernel, last);

      kernel.squareBatch(value, 0, 1, 1);

      assertThat(Residues.leave(kernel, value, 0)).isEqualTo(BigInteger.ONE);
    }
  }

  @Test
  void longChains_stayReduced() {
    Random random = new Random(7);
    BigInteger n = modulus(2048, random);
    ModularKernel kernel = factory().create(n);
    BigInteger expected = numbers(n, 1, random)[0];
    BigInteger factor = expected;
    long[] value = Residues.enter(kernel, expected);
    long[] base = value.clone();
    for (int i = 0; i < 300; i++) {
      kernel.mulShared(value, 0, base, 0, value, 0, 1);
      expected = expected.multiply(factor).mod(n);
    }
    assertThat(Residues.leave(kernel, value, 0)).isEqualTo(expected);
  }

  @Test
  void mulIndexed_repeatedTargets_multipliesAll() {
    Random random = new Random(8);
    BigInteger n = modulus(1024, random);
    ModularKernel kernel = factory().create(n);
    BigInteger[] values = numbers(n, 6, random);
    long[] target = new long[2 * kernel.words()];
    boolean[] filled = new boolean[2];

    kernel.mulIndexed(
        target,
        new int[] {1, 1, 0, 1, 0, 1},
        Residues.enterAll(kernel, values),
        new int[] {0, 1, 2, 3, 4, 5},
        5,
        filled);

    assertThat(filled).containsExactly(true, true);
    assertThat(Residues.leave(kernel, target, 0)).isEqualTo(values[2].multiply(values[4]).mod(n));
    assertThat(Residues.leave(kernel, target, 1))
        .isEqualTo(values[0].multiply(values[1]).multiply(values[3]).mod(n));
  }

  @Test
  void residues_powersAndInverses_agreeWithBigInteger() {
    Random random = new Random(9);
    BigInteger n = BigInteger.probablePrime(521, random);
    ModularKernel kernel = factory().create(n);
    BigInteger[] values = numbers(n, 9, random);
    for (BigInteger exponent :
        new BigInteger[] {
          BigInteger.ZERO, BigInteger.ONE, BigInteger.valueOf(65537), new BigInteger(500, random)
        }) {
      long[] out = new long[9 * kernel.words()];
      Residues.powShared(kernel, Residues.enterAll(kernel, values), 0, 9, exponent, out);
      for (int i = 0; i < 9; i++) {
        assertThat(Residues.leave(kernel, out, i)).isEqualTo(values[i].modPow(exponent, n));
      }
    }
    long[] inverted = Residues.enterAll(kernel, values);
    Residues.invertBatch(kernel, inverted, 1, 8);
    assertThat(Residues.leave(kernel, inverted, 0)).isEqualTo(values[0]);
    for (int i = 1; i < 9; i++) {
      assertThat(Residues.leave(kernel, inverted, i)).isEqualTo(values[i].modInverse(n));
    }
  }

  @Test
  void comb_anyShape_agreesWithBigInteger() {
    Random random = new Random(10);
    BigInteger n = modulus(512, random);
    ModularKernel kernel = factory().create(n);
    BigInteger base = numbers(n, 1, random)[0];
    for (int teeth = 1; teeth <= 6; teeth++) {
      for (int blocks : new int[] {1, 3, 8}) {
        int bits = 90 + teeth;
        FixedBaseComb comb =
            new FixedBaseComb(kernel, Residues.enter(kernel, base), bits, teeth, blocks);
        BigInteger[] exponents = {
          BigInteger.ZERO,
          BigInteger.ONE,
          BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE),
          new BigInteger(bits, random)
        };
        long[] out = new long[5 * kernel.words()];
        comb.pow(exponents, 0, 4, out, 1);
        for (int i = 0; i < 4; i++) {
          assertThat(Residues.leave(kernel, out, i + 1)).isEqualTo(base.modPow(exponents[i], n));
        }
      }
    }
  }

  @Test
  void create_evenModulus_isRefused() {
    assertThatThrownBy(() -> factory().create(BigInteger.TEN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void batches_ofAnySize_leaveTheirNeighboursAlone() {
    Random random = new Random(11);
    BigInteger n = modulus(1024, random);
    ModularKernel kernel = factory().create(n);
    for (int count = 0; count <= 19; count++) {
      BigInteger[] a = numbers(n, 22, random);
      BigInteger[] b = numbers(n, 22, random);
      long[] left = Residues.enterAll(kernel, a);
      long[] right = Residues.enterAll(kernel, b);
      long[] out = Residues.enterAll(kernel, b);

      kernel.mulBatch(left, 1, right, 2, out, 3, count);
      kernel.mulShared(left, 1, right, 0, left, 1, count);
      kernel.squareBatch(right, 2, count, 3);

      for (int i = 0; i < 22; i++) {
        boolean product = i >= 3 && i < 3 + count;
        assertThat(Residues.leave(kernel, out, i))
            .isEqualTo(product ? a[i - 2].multiply(b[i - 1]).mod(n) : b[i]);
        boolean shared = i >= 1 && i < 1 + count;
        assertThat(Residues.leave(kernel, left, i))
            .isEqualTo(shared ? a[i].multiply(b[0]).mod(n) : a[i]);
        boolean squared = i >= 2 && i < 2 + count;
        assertThat(Residues.leave(kernel, right, i))
            .isEqualTo(squared ? b[i].modPow(BigInteger.valueOf(8), n) : b[i]);
      }
    }
  }

  @Test
  void edgeValues_inAllPairs_agreeWithBigInteger() {
    for (int bits : new int[] {1024, 1536, 2048, 3072, 4096}) {
      BigInteger n = modulus(bits, new Random(bits + 1));
      ModularKernel kernel = factory().create(n);
      BigInteger half = n.shiftRight(1);
      BigInteger[] edges = {
        BigInteger.ZERO,
        BigInteger.ONE,
        BigInteger.TWO,
        half,
        half.add(BigInteger.ONE),
        BigInteger.ONE.shiftLeft(bits - 1),
        n.subtract(BigInteger.TWO),
        n.subtract(BigInteger.ONE)
      };
      for (int shift = 0; shift < edges.length; shift++) {
        BigInteger[] turned = new BigInteger[edges.length];
        for (int i = 0; i < edges.length; i++) {
          turned[i] = edges[(i + shift) % edges.length];
        }
        long[] product = Residues.enterAll(kernel, edges);
        kernel.mulBatch(product, 0, Residues.enterAll(kernel, turned), 0, product, 0, edges.length);
        BigInteger[] found = Residues.leaveAll(kernel, product, 0, edges.length);
        for (int i = 0; i < edges.length; i++) {
          assertThat(found[i]).isEqualTo(edges[i].multiply(turned[i]).mod(n));
        }
      }
    }
  }

  @Test
  void one_andZero_stayThemselves() {
    BigInteger n = modulus(2048, new Random(12));
    ModularKernel kernel = factory().create(n);
    long[] values = new long[2 * kernel.words()];
    kernel.one(values, 1);
    System.arraycopy(Residues.enter(kernel, BigInteger.ZERO), 0, values, 0, kernel.words());
    kernel.squareBatch(values, 0, 2, 200);
    assertThat(Residues.leaveAll(kernel, values, 0, 2))
        .containsExactly(BigInteger.ZERO, BigInteger.ONE);
  }

  @Test
  void residues_onTheWire_haveTheWidthThatIsAskedFor() {
    Random random = new Random(13);
    BigInteger n = modulus(1000, random);
    ModularKernel kernel = factory().create(n);
    BigInteger value = numbers(n, 1, random)[0];
    int width = LittleEndian.width(n) + 9;
    byte[] bytes = new byte[width + 4];
    Arrays.fill(bytes, (byte) 77);

    kernel.store(Residues.enter(kernel, value), 0, 1, bytes, 2, width);

    assertThat(LittleEndian.read(bytes, 2, width)).isEqualTo(value);
    assertThat(new byte[] {bytes[0], bytes[1], bytes[width + 2], bytes[width + 3]})
        .containsOnly(77);
    long[] again = new long[kernel.words()];
    kernel.load(bytes, 2, width, again, 0, 1);
    assertThat(Residues.leave(kernel, again, 0)).isEqualTo(value);
  }

  @Test
  void mulIndexed_unevenTargets_multipliesAll() {
    Random random = new Random(14);
    BigInteger n = modulus(1024, random);
    ModularKernel kernel = factory().create(n);
    for (int pairs : new int[] {0, 1, 7, 8, 9, 64, 201}) {
      for (int spread : new int[] {1, 3, 40}) {
        BigInteger[] sources = numbers(n, 30, random);
        BigInteger[] targets = numbers(n, 40, random);
        int[] to = new int[pairs];
        int[] from = new int[pairs];
        boolean[] filled = new boolean[40];
        BigInteger[] expected = new BigInteger[40];
        for (int t = 0; t < 40; t += 2) {
          filled[t] = true;
          expected[t] = targets[t];
        }
        for (int i = 0; i < pairs; i++) {
          // Half of all pairs go to one target.
          to[i] = random.nextBoolean() ? 0 : random.nextInt(spread);
          from[i] = random.nextInt(30);
          BigInteger before = expected[to[i]];
          expected[to[i]] =
              before == null ? sources[from[i]] : before.multiply(sources[from[i]]).mod(n);
        }
        long[] product = Residues.enterAll(kernel, targets);

        kernel.mulIndexed(product, to, Residues.enterAll(kernel, sources), from, pairs, filled);

        for (int t = 0; t < 40; t++) {
          assertThat(filled[t]).isEqualTo(expected[t] != null);
          if (expected[t] != null) {
            assertThat(Residues.leave(kernel, product, t)).isEqualTo(expected[t]);
          }
        }
      }
    }
  }

  @Test
  void residues_batchesOfAnySize_multiplyAndInvert() {
    Random random = new Random(15);
    BigInteger n = BigInteger.probablePrime(521, random);
    ModularKernel kernel = factory().create(n);
    for (int count = 0; count <= 35; count++) {
      BigInteger[] values = numbers(n, count + 2, random);
      BigInteger product = BigInteger.ONE;
      for (int i = 1; i <= count; i++) {
        product = product.multiply(values[i]).mod(n);
      }
      long[] inverted = Residues.enterAll(kernel, values);

      long[] all = Residues.product(kernel, inverted, 1, count);
      Residues.invertBatch(kernel, inverted, 1, count);

      assertThat(Residues.leave(kernel, all, 0)).isEqualTo(product);
      for (int i = 0; i < count + 2; i++) {
        boolean inside = i >= 1 && i <= count;
        assertThat(Residues.leave(kernel, inverted, i))
            .isEqualTo(inside ? values[i].modInverse(n) : values[i]);
      }
    }
  }

  @Test
  void scalarPowers_ofAnySignAndSize_agreeWithBigInteger() {
    Random random = new Random(16);
    BigInteger n = BigInteger.probablePrime(521, random);
    ModularKernel kernel = factory().create(n);
    for (int bits : new int[] {1, 2, 5, 24, 33, 63}) {
      BigInteger[] values = numbers(n, 37, random);
      long[] exponents = new long[37];
      for (int i = 2; i < 35; i++) {
        exponents[i] = random.nextLong() >>> (64 - bits);
        exponents[i] = random.nextBoolean() ? exponents[i] : -exponents[i];
      }
      long[] powers = Residues.enterAll(kernel, values);

      ScalarPowers.apply(kernel, powers, exponents, 1, 36);

      for (int i = 0; i < 37; i++) {
        boolean inside = i >= 1 && i < 36;
        assertThat(Residues.leave(kernel, powers, i))
            .isEqualTo(inside ? values[i].modPow(BigInteger.valueOf(exponents[i]), n) : values[i]);
      }
    }
  }

  private static BigInteger modulus(int bits, Random random) {
    return new BigInteger(bits, random).setBit(0).setBit(bits - 1);
  }

  private static BigInteger[] numbers(BigInteger n, int count, Random random) {
    BigInteger[] numbers = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = new BigInteger(n.bitLength() + 32, random).mod(n);
    }
    return numbers;
  }
}
