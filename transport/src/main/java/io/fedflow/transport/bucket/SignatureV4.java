package io.fedflow.transport.bucket;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS's signature, version 4, as S3 wants it: a path is encoded once, and the digest of the body
 * stands in the header {@code x-amz-content-sha256}. Stateless.
 */
final class SignatureV4 {

  /** The digest of a body that is empty. */
  static final String EMPTY = hex(sha256(""));

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String PLAIN = "-_.~/";

  private SignatureV4() {}

  /**
   * What is signed of a request.
   *
   * @param method in capitals
   * @param path percent-encoded by {@link #encodedPath}
   * @param query names and values, in order of the names, percent-encoded; usually empty
   * @param headers all that are signed, {@code host} and {@code x-amz-date} among them
   * @param bodyDigest SHA-256 of the body, lower-case hex
   */
  record Request(
      String method, String path, String query, Map<String, String> headers, String bodyDigest) {}

  /** Loads all that a signature needs; the first time on a thread that may block. */
  static void prepare() {
    hmac(new byte[1], EMPTY);
  }

  /** What the header {@code x-amz-date} says. */
  static String time(Instant now) {
    return TIME.format(now);
  }

  /** The header {@code Authorization}. */
  static String authorization(
      Request request, BucketKeys keys, String region, String service, Instant now) {
    String time = time(now);
    String scope = time.substring(0, 8) + '/' + region + '/' + service + "/aws4_request";
    TreeMap<String, String> headers = lowerCase(request.headers());
    String names = String.join(";", headers.keySet());
    StringBuilder lines = new StringBuilder();
    headers.forEach((name, value) -> lines.append(name).append(':').append(value).append('\n'));
    String canonical =
        String.join(
            "\n",
            request.method(),
            request.path(),
            request.query(),
            lines.toString(),
            names,
            request.bodyDigest());
    String signed = String.join("\n", ALGORITHM, time, scope, hex(sha256(canonical)));
    byte[] key = ("AWS4" + keys.secretKey()).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return ALGORITHM
        + " Credential="
        + keys.accessKey()
        + '/'
        + scope
        + ", SignedHeaders="
        + names
        + ", Signature="
        + hex(hmac(key, signed));
  }

  private static TreeMap<String, String> lowerCase(Map<String, String> headers) {
    TreeMap<String, String> sorted = new TreeMap<>();
    headers.forEach(
        (name, value) ->
            sorted.put(name.toLowerCase(Locale.ROOT), value.strip().replaceAll(" +", " ")));
    return sorted;
  }

  /** A path as S3 signs it: every byte but letters, digits, {@code -_.~} and strokes is encoded. */
  static String encodedPath(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || PLAIN.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has HmacSHA256", missing);
    }
  }
}
