package io.fedflow.components.crypto;

/** Cuts little-endian bytes into limbs of any width from 8 to 57 bits, and joins them again. */
final class LimbBytes {

  private LimbBytes() {}

  /** Fills {@code out}; bytes that would not fit are zero. */
  static void toLimbs(byte[] bytes, int offset, int width, long[] out, int limbBits) {
    long mask = (1L << limbBits) - 1;
    int limb = 0;
    int bits = 0;
    long pending = 0;
    for (int i = 0; i < width && limb < out.length; i++) {
      long next = bytes[offset + i] & 0xFFL;
      pending |= next << bits;
      bits += 8;
      if (bits >= limbBits) {
        out[limb++] = pending & mask;
        bits -= limbBits;
        pending = next >>> (8 - bits);
      }
    }
    while (limb < out.length) {
      out[limb++] = pending;
      pending = 0;
    }
  }

  /** Writes {@code width} bytes, with zeros above the limbs. */
  static void toBytes(long[] in, byte[] bytes, int offset, int width, int limbBits) {
    int limb = 0;
    int bits = 0;
    long pending = 0;
    for (int i = 0; i < width; i++) {
      if (bits < 8) {
        long next = limb < in.length ? in[limb++] : 0;
        bytes[offset + i] = (byte) (pending | next << bits);
        pending = next >>> (8 - bits);
        bits += limbBits - 8;
      } else {
        bytes[offset + i] = (byte) pending;
        pending >>>= 8;
        bits -= 8;
      }
    }
  }
}
