package io.fedflow.components.vector;

/** Elements of {@link LaneField} in and out of 32 bytes, one lane at a time. */
final class LaneBytes {

  private static final int LIMBS = LaneField.LIMBS;

  private LaneBytes() {}

  /** Reads 255 bits, little-endian, into a lane; not yet tight. */
  static void load(byte[] bytes, int offset, double[] s, int lane) {
    for (int i = 0; i < LIMBS; i++) {
      int low = LaneField.exponent(i);
      int width = LaneField.exponent(i + 1) - low;
      // A limb of 43 bits lies in seven bytes at most.
      long word = 0;
      for (int b = 6; b >= 0; b--) {
        int at = (low >> 3) + b;
        word = word << 8 | (at < 32 ? bytes[offset + at] & 0xff : 0);
      }
      long limb = word >>> (low & 7) & (1L << width) - 1;
      s[lane + i * LaneField.LANES] = Math.scalb((double) limb, low);
    }
  }

  /** Writes a lane of a tight element as a number of 255 bits that may be p or above. */
  static void store(double[] s, int lane, byte[] bytes, int offset) {
    long[] limbs = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] = (long) Math.scalb(s[lane + i * LaneField.LANES], -LaneField.exponent(i));
    }
    // What is carried out of 2^255 comes back as 19; a negative number may borrow twice.
    for (int round = 0; round < 3; round++) {
      long carry = 0;
      for (int i = 0; i < LIMBS; i++) {
        int width = LaneField.exponent(i + 1) - LaneField.exponent(i);
        long sum = limbs[i] + carry;
        limbs[i] = sum & (1L << width) - 1;
        carry = sum >> width;
      }
      limbs[0] += 19 * carry;
    }
    long word = 0;
    int bits = 0;
    int at = offset;
    for (int i = 0; i < LIMBS; i++) {
      word |= limbs[i] << bits;
      bits += LaneField.exponent(i + 1) - LaneField.exponent(i);
      while (bits >= 8) {
        bytes[at++] = (byte) word;
        word >>>= 8;
        bits -= 8;
      }
    }
    bytes[at] = (byte) word;
  }
}
