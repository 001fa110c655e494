package io.fedflow.component;

/**
 * What an attempt left for the next one. Immutable by convention: the bytes are not to be changed.
 *
 * @param step how far the attempt was, in the component's own count; at least 0
 * @param state what it takes to go on from there, in a layout of the component's own; at most
 *     {@link #MAX_BYTES}; shared, not copied
 */
public record Checkpoint(int step, byte[] state) {

  /** The largest state: what a task may hold in memory a second time without a thought. */
  public static final int MAX_BYTES = 256 << 20;

  /**
   * Checks step and size.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Checkpoint {
    if (step < 0) {
      throw new IllegalArgumentException("checkpoint step: found " + step + ", allowed >= 0");
    }
    if (state.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "checkpoint state: found " + state.length + " bytes, allowed " + MAX_BYTES);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checkpoint checkpoint
        && step == checkpoint.step
        && java.util.Arrays.equals(state, checkpoint.state);
  }

  @Override
  public int hashCode() {
    return 31 * step + java.util.Arrays.hashCode(state);
  }

  /** Only step and size: content never reaches a log. */
  @Override
  public String toString() {
    return "step " + step + " [" + state.length + " bytes]";
  }
}
