package io.fedflow.transport.json;

/**
 * What a JSON text may be at most, so that no text can exhaust the stack or the heap.
 *
 * @param depth nested objects and arrays
 * @param characters the whole text
 * @param stringLength one text value
 * @param nameLength one key
 */
public record JsonLimits(int depth, long characters, int stringLength, int nameLength) {

  /** Generous for documents, models and metrics; far from what could hurt a server. */
  public static final JsonLimits DEFAULT = new JsonLimits(200, 256L << 20, 64 << 20, 50_000);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public JsonLimits {
    if (depth < 1 || characters < 1 || stringLength < 1 || nameLength < 1) {
      throw new IllegalArgumentException("JSON limits: each must be at least 1");
    }
  }
}
