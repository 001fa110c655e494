package io.fedflow.components.columns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * By what parties with the same columns see that theirs are called alike, without telling names to
 * whoever cannot guess them. Stateless.
 */
public final class HeaderDigest {

  /** How many numbers a digest has. */
  public static final int LENGTH = 4;

  private HeaderDigest() {}

  /** The SHA-256 of names in order, as {@value #LENGTH} numbers. */
  public static List<Long> of(List<String> names) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : names) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length).array());
        digest.update(bytes);
      }
      long[] numbers = new long[LENGTH];
      ByteBuffer.wrap(digest.digest()).asLongBuffer().get(numbers);
      return Arrays.stream(numbers).boxed().toList();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this Java lacks SHA-256", missing);
    }
  }
}
