package io.fedflow.transport.http.auth;

import io.fedflow.transport.signing.RequestSignature;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Base64;

/**
 * What a request says about who sends it; nothing of it is believed so far.
 *
 * @param text what is signed besides the body
 * @param millis the timestamp
 * @param signature as decoded
 */
record SignedRequest(RequestSignature text, long millis, byte[] signature) {

  private static final int LONGEST = 200;

  /** A request that cannot be believed. */
  static final class Unsigned extends Exception {
    private static final long serialVersionUID = 1L;

    Unsigned(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Reads the headers of a request.
   *
   * @throws Unsigned naming the header that is missing or malformed
   */
  static SignedRequest of(HttpServerRequest request) throws Unsigned {
    String timestamp = header(request.headers(), "TIMESTAMP");
    String nonce = header(request.headers(), "NONCE");
    String appKey = header(request.headers(), "APP_KEY");
    String signature = header(request.headers(), "SIGNATURE");
    if (!timestamp.matches("[0-9]{1,15}")) {
      throw new Unsigned("TIMESTAMP: expected milliseconds since 1970 in decimal digits");
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException malformed) {
      throw new Unsigned("SIGNATURE: expected Base64");
    }
    return new SignedRequest(
        new RequestSignature(timestamp, nonce, appKey, target(request.uri())),
        Long.parseLong(timestamp),
        decoded);
  }

  /** FATE's server drops a question mark with nothing behind it. */
  private static String target(String uri) {
    return uri.endsWith("?") ? uri.substring(0, uri.length() - 1) : uri;
  }

  /** FATE's server treats {@code _} and {@code -} in names of headers alike. */
  private static String header(MultiMap headers, String name) throws Unsigned {
    String value = headers.get(name);
    if (value == null) {
      value = headers.get(name.replace('_', '-'));
    }
    if (value == null || value.isEmpty()) {
      throw new Unsigned(
          name + ": missing; this server wants requests signed with an app key and its secret");
    }
    if (value.length() > LONGEST) {
      throw new Unsigned(name + ": found " + value.length() + " characters, allowed " + LONGEST);
    }
    return value;
  }
}
