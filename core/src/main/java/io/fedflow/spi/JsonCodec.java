package io.fedflow.spi;

/**
 * Turns JSON trees of {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean}
 * and null into text and back. The core has no JSON library; the transport brings one. Thread-safe.
 */
public interface JsonCodec {

  /**
   * Writes a tree without white space. Non-finite numbers become {@code NaN}, {@code Infinity},
   * {@code -Infinity}.
   */
  String write(Object tree);

  /**
   * Reads a tree; objects keep their order. Accepts the non-finite tokens that {@link #write}
   * makes.
   *
   * @throws io.fedflow.failure.FedflowException {@code json.malformed} with line and column, or if
   *     nesting or sizes exceed the codec's bounds
   */
  Object read(String text);
}
