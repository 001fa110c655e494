package io.fedflow.components.crypto.curve25519;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Published test vectors from files, and numbers in the forms that the code under test takes. */
final class Vectors {

  private Vectors() {}

  /** The columns of a file's lines that are no comments. */
  static List<String[]> read(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(BigInteger value) {
    byte[] out = new byte[32];
    for (int i = 0; i < 32; i++) {
      out[i] = value.shiftRight(8 * i).byteValue();
    }
    return out;
  }

  static BigInteger number(byte[] littleEndian) {
    return number(littleEndian, 0);
  }

  static BigInteger number(byte[] bytes, int index) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 31; i >= 0; i--) {
      value = value.shiftLeft(8).or(BigInteger.valueOf(bytes[32 * index + i] & 0xff));
    }
    return value;
  }

  static BigInteger hex(String digits) {
    return new BigInteger(digits, 16);
  }
}
