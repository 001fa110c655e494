package io.fedflow.transport.client;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as FATE's clients do: HMAC-SHA1 over timestamp, nonce, app key, path with query,
 * JSON body and form, joined by line feeds. Thread-safe.
 */
final class RequestSigner {

  private static final String ALGORITHM = "HmacSHA1";
  private static final byte[] EMPTY_OBJECT = {'{', '}'};

  private final ClientKeys keys;
  private final InstantSource clock;
  private final Supplier<String> nonces;

  /** A signer with the clock and nonces of its caller. */
  RequestSigner(ClientKeys keys, InstantSource clock, Supplier<String> nonces) {
    this.keys = keys;
    this.clock = clock;
    this.nonces = nonces;
  }

  /**
   * The headers of one request.
   *
   * @param target path and query exactly as they are sent
   * @param body the JSON body; empty for none. An empty object is signed as nothing: what FATE's
   *     FlowClient does and FATE's server expects
   * @param form the text fields of a form; empty for none
   */
  Map<String, String> headers(String target, byte[] body, Map<String, String> form) {
    String timestamp = Long.toString(clock.millis());
    String nonce = nonces.get();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (String part : new String[] {timestamp, nonce, keys.appKey(), target}) {
      message.writeBytes(part.getBytes(StandardCharsets.UTF_8));
      message.write('\n');
    }
    if (!Arrays.equals(body, EMPTY_OBJECT)) {
      message.writeBytes(body);
    }
    message.write('\n');
    message.writeBytes(text(form).getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("TIMESTAMP", timestamp);
    headers.put("NONCE", nonce);
    headers.put("APP_KEY", keys.appKey());
    headers.put("SIGNATURE", Base64.getEncoder().encodeToString(mac(message.toByteArray())));
    return headers;
  }

  private byte[] mac(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(keys.secretKey().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static String text(Map<String, String> form) {
    return new TreeMap<>(form)
        .entrySet().stream()
            .map(field -> percent(field.getKey()) + '=' + percent(field.getValue()))
            .collect(Collectors.joining("&"));
  }

  /** Leaves letters, digits and {@code -._~} bare. */
  static String percent(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
