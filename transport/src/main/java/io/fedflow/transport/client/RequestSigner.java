package io.fedflow.transport.client;

import io.fedflow.transport.signing.RequestSignature;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Signs requests as FATE's clients do. Thread-safe. */
final class RequestSigner {

  private static final byte[] NOTHING = {};
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
    byte[] mac =
        new RequestSignature(timestamp, nonce, keys.appKey(), target)
            .of(
                keys.secretKey().getBytes(StandardCharsets.UTF_8),
                Arrays.equals(body, EMPTY_OBJECT) ? NOTHING : body,
                RequestSignature.form(form));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("TIMESTAMP", timestamp);
    headers.put("NONCE", nonce);
    headers.put("APP_KEY", keys.appKey());
    headers.put("SIGNATURE", Base64.getEncoder().encodeToString(mac));
    return headers;
  }
}
