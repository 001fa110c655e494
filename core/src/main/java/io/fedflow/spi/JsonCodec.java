package io.fedflow.spi;

/**
 * Turns JSON trees of {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean}
 * and null into text and back. The core has no JSON library; the transport brings one.
 *
 * <p>Promises: D1 what was written is read as it was; D2 objects keep their order; D3 whole numbers
 * up to 64 bits stay whole, other numbers keep every bit; D4 non-finite numbers are the tokens
 * {@code NaN}, {@code Infinity} and {@code -Infinity}, in both directions; D5 no white space is
 * written; D6 what is not JSON is refused with line and column; D7 so is what exceeds the codec's
 * bounds on nesting and sizes; D8 thread-safe.
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
