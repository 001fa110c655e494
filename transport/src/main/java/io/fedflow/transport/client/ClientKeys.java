package io.fedflow.transport.client;

/**
 * What a client signs its requests with.
 *
 * @param appKey names the client; not empty
 * @param secretKey known to client and server alone; not empty
 */
public record ClientKeys(String appKey, String secretKey) {

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if one is missing: one alone signs nothing
   */
  public ClientKeys {
    if (appKey == null || appKey.isEmpty()) {
      throw new IllegalArgumentException("appKey: found none, expected a text");
    }
    if (secretKey == null || secretKey.isEmpty()) {
      throw new IllegalArgumentException("secretKey: found none, expected a text");
    }
  }

  /** Does not tell the secret. */
  @Override
  public String toString() {
    return "ClientKeys[appKey=" + appKey + "]";
  }
}
