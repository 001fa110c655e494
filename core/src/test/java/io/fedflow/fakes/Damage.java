package io.fedflow.fakes;

import java.util.Arrays;
import java.util.Random;

/** Spoils bytes, in ways that a seed repeats. */
public final class Damage {

  private Damage() {}

  /** The same bytes with one to three of them changed. */
  public static byte[] mutate(byte[] bytes, Random random) {
    byte[] spoilt = bytes.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      spoilt[random.nextInt(spoilt.length)] ^= (byte) (1 + random.nextInt(255));
    }
    // Three changes of one byte may cancel out.
    return Arrays.equals(spoilt, bytes) ? mutate(bytes, random) : spoilt;
  }

  /** A piece of the bytes replaced by another piece of them, of another length. */
  public static byte[] splice(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length);
    int to = from + random.nextInt(bytes.length - from);
    int other = random.nextInt(bytes.length);
    int end = other + random.nextInt(bytes.length - other);
    byte[] spliced = new byte[bytes.length - (to - from) + (end - other)];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(bytes, other, spliced, from, end - other);
    System.arraycopy(bytes, to, spliced, from + end - other, bytes.length - to);
    return Arrays.equals(spliced, bytes) ? mutate(bytes, random) : spliced;
  }

  /** Random bytes. */
  public static byte[] noise(Random random, int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A text of letters, of other scripts and of other planes. */
  public static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(4)) {
        case 0 -> text.append((char) ('a' + random.nextInt(26)));
        case 1 -> text.append((char) (0x4e00 + random.nextInt(1000)));
        case 2 -> text.appendCodePoint(0x1f600 + random.nextInt(60));
        default -> text.append((char) random.nextInt(128));
      }
    }
    return text.toString();
  }
}
