package io.fedflow.components.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds values in bytes as fixed-point integers of eight bytes and as floats, in both byte orders,
 * wherever they begin. Scales are powers of two from 2^32 and of ten from 10^9: with less, integers
 * are met by chance. For the same reason one float alone is nothing, and two in a row are.
 * Immutable.
 */
final class FixedPointSearch {

  private static final int FIRST_BIT = 32;
  private static final int LAST_BIT = 60;
  private static final int FIRST_DIGIT = 9;
  private static final int LAST_DIGIT = 17;

  private final long[] integers;
  private final int[] floats;

  FixedPointSearch(double[] values) {
    TreeSet<Long> scaled = new TreeSet<>();
    for (double value : values) {
      for (int bits = FIRST_BIT; bits <= LAST_BIT; bits++) {
        add(scaled, new BigDecimal(value).multiply(new BigDecimal(BigInteger.ONE.shiftLeft(bits))));
      }
      for (int digits = FIRST_DIGIT; digits <= LAST_DIGIT; digits++) {
        add(scaled, new BigDecimal(value).movePointRight(digits));
      }
    }
    integers = scaled.stream().mapToLong(Long::longValue).toArray();
    floats =
        Arrays.stream(values)
            .mapToInt(value -> Float.floatToIntBits((float) value))
            .sorted()
            .toArray();
  }

  /** Both signs; whichever way it was rounded. */
  private static void add(Set<Long> scaled, BigDecimal exact) {
    BigInteger floor = exact.setScale(0, RoundingMode.FLOOR).toBigInteger();
    for (BigInteger near : new BigInteger[] {floor, floor.add(BigInteger.ONE)}) {
      if (near.bitLength() < Long.SIZE) {
        scaled.add(near.longValue());
        scaled.add(-near.longValue());
      }
    }
  }

  /** What is there. */
  Set<String> find(byte[] bytes) {
    Set<String> found = new TreeSet<>();
    long window = 0;
    for (int end = 0; end < bytes.length; end++) {
      window = window << Byte.SIZE | bytes[end] & 0xff;
      if (end + 1 >= Long.BYTES) {
        if (holds(integers, window) || holds(integers, Long.reverseBytes(window))) {
          found.add("value as fixed-point integer");
        }
        int first = (int) (window >>> Integer.SIZE);
        int second = (int) window;
        if (holds(first) && holds(second)
            || holds(Integer.reverseBytes(first)) && holds(Integer.reverseBytes(second))) {
          found.add("value as float");
        }
      }
    }
    return found;
  }

  private static boolean holds(long[] sorted, long value) {
    return Arrays.binarySearch(sorted, value) >= 0;
  }

  private boolean holds(int bits) {
    return Arrays.binarySearch(floats, bits) >= 0;
  }
}
