package io.fedflow.transport.route;

import io.fedflow.party.Party;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whom a route wants at its end, beyond a certificate that may answer for the party: one that names
 * this party id, such as that of an exchange, or this very certificate. Immutable.
 *
 * @param text a party id, or {@code sha256:} and 64 lower-case hexadecimal digits
 */
public record RoutePin(String text) {

  private static final String PREFIX = "sha256:";
  private static final Pattern FINGERPRINT = Pattern.compile(PREFIX + "[0-9a-f]{64}");

  /** What a pin may be, for messages. */
  static final String ALLOWED = "a party id, or sha256: and 64 hexadecimal digits 0-9, a-f";

  /**
   * Checks the text.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public RoutePin {
    if (!FINGERPRINT.matcher(text).matches() && !Party.isId(text)) {
      throw new IllegalArgumentException("identity: found '" + text + "', allowed " + ALLOWED);
    }
  }

  /**
   * Tells whether a certificate is wanted here.
   *
   * @param partyIds the parties that it names
   * @param fingerprint its SHA-256, 64 lower-case hexadecimal digits
   */
  public boolean accepts(Set<String> partyIds, String fingerprint) {
    return text.startsWith(PREFIX)
        ? text.substring(PREFIX.length()).equals(fingerprint)
        : partyIds.contains(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
