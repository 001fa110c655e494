package io.fedflow.components.crypto.curve25519;

import java.math.BigInteger;

/**
 * Arithmetic modulo p = 2^255 - 19. An element is five longs of 51 bits in a flat array, least
 * first; all methods take arrays and the position of the first long.
 *
 * <p>Two sizes of elements: <em>tight</em> ones, as products and {@link #load} give them, have
 * limbs below 2^51 + 2^16; <em>loose</em> ones, as sums and differences of tight ones give them,
 * have limbs below 2^53. Products take loose elements, sums and differences tight ones. Outputs may
 * be inputs. No branch depends on a value.
 */
final class Field25519 {

  /** Longs of an element. */
  static final int WORDS = 5;

  /** Bytes of an element outside, little-endian. */
  static final int BYTES = 32;

  static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  private static final long MASK = (1L << 51) - 1;

  // Twice p, added before a subtraction so that no limb gets negative.
  private static final long TWO_P_LOW = (1L << 52) - 38;
  private static final long TWO_P = (1L << 52) - 2;

  private Field25519() {}

  /**
   * {@code out = a * b}, tight.
   *
   * <p>One factor is shifted by 10 bits and the other by 3, so that the upper half of a product of
   * 128 bits is what belongs to the next limb, and the lower half, shifted back, what stays.
   */
  static void multiply(long[] a, int aAt, long[] b, int bAt, long[] out, int at) {
    long a0 = a[aAt] << 10;
    long a1 = a[aAt + 1] << 10;
    long a2 = a[aAt + 2] << 10;
    long a3 = a[aAt + 3] << 10;
    long a4 = a[aAt + 4] << 10;
    long b0 = b[bAt] << 3;
    long b1 = b[bAt + 1] << 3;
    long b2 = b[bAt + 2] << 3;
    long b3 = b[bAt + 3] << 3;
    long b4 = b[bAt + 4] << 3;
    long c1 = b1 * 19;
    long c2 = b2 * 19;
    long c3 = b3 * 19;
    long c4 = b4 * 19;
    long r0 = low(a0, b0) + low(a1, c4) + low(a2, c3) + low(a3, c2) + low(a4, c1);
    long h0 = high(a0, b0) + high(a1, c4) + high(a2, c3) + high(a3, c2) + high(a4, c1);
    long r1 = low(a0, b1) + low(a1, b0) + low(a2, c4) + low(a3, c3) + low(a4, c2) + h0;
    long h1 = high(a0, b1) + high(a1, b0) + high(a2, c4) + high(a3, c3) + high(a4, c2);
    long r2 = low(a0, b2) + low(a1, b1) + low(a2, b0) + low(a3, c4) + low(a4, c3) + h1;
    long h2 = high(a0, b2) + high(a1, b1) + high(a2, b0) + high(a3, c4) + high(a4, c3);
    long r3 = low(a0, b3) + low(a1, b2) + low(a2, b1) + low(a3, b0) + low(a4, c4) + h2;
    long h3 = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0) + high(a4, c4);
    long r4 = low(a0, b4) + low(a1, b3) + low(a2, b2) + low(a3, b1) + low(a4, b0) + h3;
    long h4 = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);
    carry(r0 + 19 * h4, r1, r2, r3, r4, out, at);
  }

  /** {@code out = a * a}, tight. */
  static void square(long[] a, int aAt, long[] out, int at) {
    long a0 = a[aAt] << 10;
    long a1 = a[aAt + 1] << 10;
    long a2 = a[aAt + 2] << 10;
    long a3 = a[aAt + 3] << 10;
    long a4 = a[aAt + 4] << 10;
    long b0 = a0 >>> 7;
    long b1 = a1 >>> 7;
    long b2 = a2 >>> 7;
    long twice0 = a0 >>> 6;
    long twice1 = a1 >>> 6;
    long c3 = (a3 >>> 7) * 19;
    long c4 = (a4 >>> 7) * 19;
    long twice3 = c3 << 1;
    long twice4 = c4 << 1;
    long r0 = low(a0, b0) + low(a1, twice4) + low(a2, twice3);
    long h0 = high(a0, b0) + high(a1, twice4) + high(a2, twice3);
    long r1 = low(a1, twice0) + low(a2, twice4) + low(a3, c3) + h0;
    long h1 = high(a1, twice0) + high(a2, twice4) + high(a3, c3);
    long r2 = low(a2, twice0) + low(a1, b1) + low(a3, twice4) + h1;
    long h2 = high(a2, twice0) + high(a1, b1) + high(a3, twice4);
    long r3 = low(a3, twice0) + low(a2, twice1) + low(a4, c4) + h2;
    long h3 = high(a3, twice0) + high(a2, twice1) + high(a4, c4);
    long r4 = low(a4, twice0) + low(a3, twice1) + low(a2, b2) + h3;
    long h4 = high(a4, twice0) + high(a3, twice1) + high(a2, b2);
    carry(r0 + 19 * h4, r1, r2, r3, r4, out, at);
  }

  /** {@code out = a * factor} of 0 to 2^17, tight. */
  static void multiplySmall(long[] a, int aAt, long factor, long[] out, int at) {
    long b = factor << 3;
    long a0 = a[aAt] << 10;
    long a1 = a[aAt + 1] << 10;
    long a2 = a[aAt + 2] << 10;
    long a3 = a[aAt + 3] << 10;
    long a4 = a[aAt + 4] << 10;
    carry(
        low(a0, b) + 19 * high(a4, b),
        low(a1, b) + high(a0, b),
        low(a2, b) + high(a1, b),
        low(a3, b) + high(a2, b),
        low(a4, b) + high(a3, b),
        out,
        at);
  }

  /** {@code out = a + b} of tight ones, loose. */
  static void add(long[] a, int aAt, long[] b, int bAt, long[] out, int at) {
    for (int i = 0; i < WORDS; i++) {
      out[at + i] = a[aAt + i] + b[bAt + i];
    }
  }

  /** {@code out = a - b} of tight ones, loose. */
  static void subtract(long[] a, int aAt, long[] b, int bAt, long[] out, int at) {
    out[at] = a[aAt] + TWO_P_LOW - b[bAt];
    out[at + 1] = a[aAt + 1] + TWO_P - b[bAt + 1];
    out[at + 2] = a[aAt + 2] + TWO_P - b[bAt + 2];
    out[at + 3] = a[aAt + 3] + TWO_P - b[bAt + 3];
    out[at + 4] = a[aAt + 4] + TWO_P - b[bAt + 4];
  }

  /** Swaps two elements where {@code swap} is 1, and does not where it is 0. */
  static void swapIf(long swap, long[] values, int first, int second) {
    long mask = -swap;
    for (int i = 0; i < WORDS; i++) {
      long difference = mask & (values[first + i] ^ values[second + i]);
      values[first + i] ^= difference;
      values[second + i] ^= difference;
    }
  }

  /** {@code out = a} where {@code take} is 1; unchanged where it is 0. */
  static void copyIf(long take, long[] a, int aAt, long[] out, int at) {
    long mask = -take;
    for (int i = 0; i < WORDS; i++) {
      out[at + i] ^= mask & (out[at + i] ^ a[aAt + i]);
    }
  }

  /** Writes a small number. */
  static void set(long value, long[] out, int at) {
    out[at] = value;
    for (int i = 1; i < WORDS; i++) {
      out[at + i] = 0;
    }
  }

  /** Reads 255 bits, tight; the top bit is passed over, a number from p on is reduced. */
  static void load(byte[] bytes, int offset, long[] out, int at) {
    long w0 = word(bytes, offset);
    long w1 = word(bytes, offset + 8);
    long w2 = word(bytes, offset + 16);
    long w3 = word(bytes, offset + 24);
    out[at] = w0 & MASK;
    out[at + 1] = (w0 >>> 51 | w1 << 13) & MASK;
    out[at + 2] = (w1 >>> 38 | w2 << 26) & MASK;
    out[at + 3] = (w2 >>> 25 | w3 << 39) & MASK;
    out[at + 4] = w3 >>> 12 & MASK;
  }

  /** Writes an element as the residue below p. */
  static void store(long[] in, int at, byte[] bytes, int offset) {
    long[] r = new long[WORDS];
    carry(in[at], in[at + 1], in[at + 2], in[at + 3], in[at + 4], r, 0);
    // After a second round the value is below 2p, and 1 from p on is carried out of value + 19.
    carry(r[0], r[1], r[2], r[3], r[4], r, 0);
    long over = r[0] + 19 >>> 51;
    for (int i = 1; i < WORDS; i++) {
      over = r[i] + over >>> 51;
    }
    long carried = r[0] + 19 * over;
    for (int i = 0; i < WORDS - 1; i++) {
      r[i] = carried & MASK;
      carried = r[i + 1] + (carried >>> 51);
    }
    r[4] = carried & MASK;
    writeWord(r[0] | r[1] << 51, bytes, offset);
    writeWord(r[1] >>> 13 | r[2] << 38, bytes, offset + 8);
    writeWord(r[2] >>> 26 | r[3] << 25, bytes, offset + 16);
    writeWord(r[3] >>> 39 | r[4] << 12, bytes, offset + 24);
  }

  private static long low(long a, long b) {
    return a * b >>> 13;
  }

  private static long high(long a, long b) {
    return Math.multiplyHigh(a, b);
  }

  private static void carry(long r0, long r1, long r2, long r3, long r4, long[] out, int at) {
    long s1 = r1 + (r0 >>> 51);
    long s2 = r2 + (s1 >>> 51);
    long s3 = r3 + (s2 >>> 51);
    long s4 = r4 + (s3 >>> 51);
    out[at] = (r0 & MASK) + 19 * (s4 >>> 51);
    out[at + 1] = s1 & MASK;
    out[at + 2] = s2 & MASK;
    out[at + 3] = s3 & MASK;
    out[at + 4] = s4 & MASK;
  }

  private static long word(byte[] bytes, int offset) {
    long word = 0;
    for (int i = 7; i >= 0; i--) {
      word = word << 8 | bytes[offset + i] & 0xff;
    }
    return word;
  }

  private static void writeWord(long word, byte[] bytes, int offset) {
    for (int i = 0; i < 8; i++) {
      bytes[offset + i] = (byte) (word >>> 8 * i);
    }
  }
}
