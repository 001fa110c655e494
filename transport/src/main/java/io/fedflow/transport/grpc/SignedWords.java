package io.fedflow.transport.grpc;

import io.fedflow.failure.FedflowException;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the signature of a site covers, beside the message itself.
 *
 * @param millis when it was made, by the clock of its maker, in milliseconds since 1970
 * @param nonce different for every call, also for those that repeat another
 * @param signature not copied
 */
record SignedWords(long millis, String nonce, byte[] signature) {

  /** When the caller signed. */
  private static final String TIME = "fedflow-site-time";

  private static final String NONCE = "fedflow-site-nonce";
  private static final String SIGNATURE = "fedflow-site-signature";
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");
  private static final Pattern NONCES = Pattern.compile("[A-Za-z0-9-]{8,64}");

  /** RSA of 16,384 bits in Base64, far above any key in use. */
  private static final int LONGEST = 2732;

  /**
   * Reads the signature of a call.
   *
   * @return empty if the call carries none at all
   * @throws FedflowException {@code site.signature} if it is not whole
   */
  static Optional<SignedWords> of(MultiMap headers) {
    String time = headers.get(TIME);
    String nonce = headers.get(NONCE);
    String signature = headers.get(SIGNATURE);
    if (time == null && nonce == null && signature == null) {
      return Optional.empty();
    }
    if (time == null || !MILLIS.matcher(time).matches()) {
      throw malformed(TIME, "milliseconds since 1970");
    }
    if (nonce == null || !NONCES.matcher(nonce).matches()) {
      throw malformed(NONCE, "8..64 letters, digits and -");
    }
    if (signature == null || signature.length() > LONGEST) {
      throw malformed(SIGNATURE, "Base64 of at most " + LONGEST + " characters");
    }
    try {
      return Optional.of(
          new SignedWords(Long.parseLong(time), nonce, Base64.getDecoder().decode(signature)));
    } catch (IllegalArgumentException noBase64) {
      throw malformed(SIGNATURE, "Base64");
    }
  }

  private static FedflowException malformed(String header, String allowed) {
    return FedflowException.peer(
        SiteSignatures.WRONG, "header " + header + ": missing or malformed, allowed " + allowed);
  }

  /** Writes it to a call. */
  void tell(MultiMap headers) {
    headers.set(TIME, Long.toString(millis));
    headers.set(NONCE, nonce);
    headers.set(SIGNATURE, Base64.getEncoder().encodeToString(signature));
  }

  /**
   * The bytes that are signed: lines, of which none can hold a line feed.
   *
   * @param method of the protocol
   * @param digest SHA-256 of the message in hexadecimal digits
   * @param from the ids of the parties that the signing site acts for
   * @param to the id of the party that the call is for
   */
  static byte[] text(
      String method, String digest, Collection<String> from, String to, long millis, String nonce) {
    return String.join(
            "\n",
            "fedflow-site-1",
            method,
            Long.toString(millis),
            nonce,
            String.join(",", new TreeSet<>(from)),
            to,
            digest)
        .getBytes(StandardCharsets.UTF_8);
  }
}
