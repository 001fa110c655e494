package io.fedflow.components.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The hash SM3, which Java's own providers lack. Source: GB/T 32905-2016, published in English as
 * ISO/IEC 10118-3:2018, dedicated hash-function 17. Not thread-safe, as every digest.
 */
final class Sm3 extends MessageDigest {

  private static final int BLOCK = 64;
  private static final int ROUNDS = 64;
  private static final int LENGTH_AT = BLOCK - Long.BYTES;

  private static final int[] START = {
    0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e
  };

  private final int[] state = START.clone();
  private final byte[] block = new byte[BLOCK];
  private final int[] words = new int[ROUNDS + 4];
  private int filled;
  private long bytes;

  Sm3() {
    super("SM3");
  }

  @Override
  protected int engineGetDigestLength() {
    return START.length * Integer.BYTES;
  }

  @Override
  protected void engineUpdate(byte input) {
    block[filled++] = input;
    bytes++;
    if (filled == BLOCK) {
      compress();
      filled = 0;
    }
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      engineUpdate(input[i]);
    }
  }

  @Override
  protected byte[] engineDigest() {
    long bits = bytes * Byte.SIZE;
    engineUpdate((byte) 0x80);
    while (filled != LENGTH_AT) {
      engineUpdate((byte) 0);
    }
    engineUpdate(ByteBuffer.allocate(Long.BYTES).putLong(bits).array(), 0, Long.BYTES);
    ByteBuffer digest = ByteBuffer.allocate(engineGetDigestLength());
    digest.asIntBuffer().put(state);
    engineReset();
    return digest.array();
  }

  @Override
  protected void engineReset() {
    System.arraycopy(START, 0, state, 0, START.length);
    filled = 0;
    bytes = 0;
  }

  private void compress() {
    ByteBuffer.wrap(block).asIntBuffer().get(words, 0, BLOCK / Integer.BYTES);
    for (int i = BLOCK / Integer.BYTES; i < words.length; i++) {
      int mixed = words[i - 16] ^ words[i - 9] ^ Integer.rotateLeft(words[i - 3], 15);
      mixed ^= Integer.rotateLeft(mixed, 15) ^ Integer.rotateLeft(mixed, 23);
      words[i] = mixed ^ Integer.rotateLeft(words[i - 13], 7) ^ words[i - 6];
    }
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    for (int i = 0; i < ROUNDS; i++) {
      boolean early = i < 16;
      int constant = Integer.rotateLeft(early ? 0x79cc4519 : 0x7a879d8a, i);
      int first = Integer.rotateLeft(Integer.rotateLeft(a, 12) + e + constant, 7);
      int second = first ^ Integer.rotateLeft(a, 12);
      int one =
          (early ? a ^ b ^ c : a & b | a & c | b & c) + d + second + (words[i] ^ words[i + 4]);
      int two = (early ? e ^ f ^ g : e & f | ~e & g) + h + first + words[i];
      d = c;
      c = Integer.rotateLeft(b, 9);
      b = a;
      a = one;
      h = g;
      g = Integer.rotateLeft(f, 19);
      f = e;
      e = two ^ Integer.rotateLeft(two, 9) ^ Integer.rotateLeft(two, 17);
    }
    state[0] ^= a;
    state[1] ^= b;
    state[2] ^= c;
    state[3] ^= d;
    state[4] ^= e;
    state[5] ^= f;
    state[6] ^= g;
    state[7] ^= h;
  }
}
