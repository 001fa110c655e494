package io.fedflow.transport.signing;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA1 over timestamp, nonce, app key, path with query, JSON body and form, joined by line
 * feeds.
 *
 * @param timestamp milliseconds since 1970 in decimal digits, as sent
 * @param nonce as sent
 * @param appKey as sent
 * @param target path and query exactly as sent
 */
public record RequestSignature(String timestamp, String nonce, String appKey, String target) {

  private static final String ALGORITHM = "HmacSHA1";

  /**
   * The signature of a request.
   *
   * @param secret known to client and server alone; not empty
   * @param body the body, byte for byte; empty for none and for forms
   * @param form the form as {@link #form} writes it; empty for none
   * @return 20 bytes
   */
  public byte[] of(byte[] secret, byte[] body, String form) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (String part : new String[] {timestamp, nonce, appKey, target}) {
      head.writeBytes(part.getBytes(StandardCharsets.UTF_8));
      head.write('\n');
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      mac.update(head.toByteArray());
      mac.update(body);
      mac.update((byte) '\n');
      return mac.doFinal(form.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** The text fields of a form as they are signed: sorted by name, percent-encoded. */
  public static String form(Map<String, String> fields) {
    return new TreeMap<>(fields)
        .entrySet().stream()
            .map(field -> percent(field.getKey()) + '=' + percent(field.getValue()))
            .collect(Collectors.joining("&"));
  }

  /** Leaves letters, digits and {@code -._~} bare. */
  public static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
