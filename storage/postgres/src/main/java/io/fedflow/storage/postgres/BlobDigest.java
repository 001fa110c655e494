package io.fedflow.storage.postgres;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a blob's bytes. Not thread-safe. */
final class BlobDigest {

  private final MessageDigest digest;

  BlobDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void update(byte[] bytes, int from, int length) {
    digest.update(bytes, from, length);
  }

  /** Lower-case hex; asked for once, at the end. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
