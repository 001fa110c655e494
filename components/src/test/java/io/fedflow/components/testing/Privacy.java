package io.fedflow.components.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.federation.Envelope;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Checks that recorded messages do not give ids away. */
public final class Privacy {

  /** Shorter ids are found in ciphertexts by chance, sooner or later. */
  private static final int SHORTEST_ID = 6;

  private Privacy() {}

  /**
   * Fails if a message holds an id in the clear, or an unkeyed hash of one as bytes (either byte
   * order), as hex or as decimal digits.
   *
   * @param ids of {@value #SHORTEST_ID} bytes or more
   */
  public static void assertNoTraceOf(List<Envelope> messages, List<String> ids) {
    assertThat(messages).as("messages to look into").isNotEmpty();
    assertThat(ids).as("ids to look for").allMatch(id -> id.length() >= SHORTEST_ID);
    List<String> traces = new ArrayList<>();
    for (String id : ids) {
      traces.add(latin(id.getBytes(StandardCharsets.UTF_8)));
      for (String algorithm : List.of("MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512")) {
        byte[] hash = hash(algorithm, id);
        traces.add(latin(hash).substring(0, 10));
        traces.add(latin(reversed(hash)).substring(hash.length - 10));
        traces.add(HexFormat.of().formatHex(hash).substring(0, 20));
        traces.add(HexFormat.of().withUpperCase().formatHex(hash).substring(0, 20));
        traces.add(new BigInteger(1, hash).toString());
      }
    }
    for (Envelope message : messages) {
      String content = latin(message.payload().bytes());
      assertThat(traces).as("%s", message.tag()).noneMatch(content::contains);
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static byte[] hash(String algorithm, String id) {
    try {
      return MessageDigest.getInstance(algorithm).digest(id.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }
}
