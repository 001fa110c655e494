package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.nio.ByteBuffer;

/** Reads received bytes, big-endian numbers, and names what is malformed. */
final class ByteReader {

  private final ByteBuffer in;
  private final String subject;

  ByteReader(byte[] bytes, String subject) {
    this.in = ByteBuffer.wrap(bytes);
    this.subject = subject;
  }

  void version(byte expected) {
    need(1);
    byte found = in.get();
    if (found != expected) {
      throw malformed("has version " + found + ", expected " + expected);
    }
  }

  int integer() {
    need(Integer.BYTES);
    return in.getInt();
  }

  long longInteger() {
    need(Long.BYTES);
    return in.getLong();
  }

  /** An integer that is no more than the bytes left. */
  int length() {
    int length = integer();
    if (length < 0 || length > in.remaining()) {
      throw malformed("names a length of " + length + " with " + in.remaining() + " bytes left");
    }
    return length;
  }

  byte[] bytes(int count) {
    need(count);
    byte[] out = new byte[count];
    in.get(out);
    return out;
  }

  int remaining() {
    return in.remaining();
  }

  void end() {
    if (in.hasRemaining()) {
      throw malformed("has " + in.remaining() + " bytes too many");
    }
  }

  CryptoException malformed(String what) {
    return new CryptoException(Reason.MALFORMED, subject + " " + what);
  }

  private void need(int count) {
    if (in.remaining() < count) {
      throw malformed("ends early: " + in.remaining() + " of " + count + " bytes");
    }
  }
}
