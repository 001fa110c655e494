package io.fedflow.components.vector;

import io.fedflow.components.crypto.curve25519.LadderKernel;
import java.util.Optional;

/**
 * The ladder of Curve25519 in the lanes of the processor's vectors. Can be loaded and asked without
 * {@code jdk.incubator.vector}. Stateless; thread-safe.
 */
public final class VectorLadders implements LadderKernel {

  /** The provider that {@link java.util.ServiceLoader} makes. */
  public VectorLadders() {}

  @Override
  public String name() {
    return VectorKernels.NAME;
  }

  @Override
  public Optional<String> obstacle() {
    return new VectorKernels().obstacle();
  }

  /**
   * Multiplies.
   *
   * @throws NoClassDefFoundError if there is an {@link #obstacle()}
   */
  @Override
  public void climb(byte[] scalar, byte[] points, int from, int count, byte[] x, byte[] z) {
    VectorLadder.climb(scalar, points, from, count, x, z);
  }

  /**
   * Tells squares.
   *
   * @throws NoClassDefFoundError if there is an {@link #obstacle()}
   */
  @Override
  public void squares(byte[] elements, int count, byte[] out) {
    VectorSymbols.squares(elements, count, out);
  }
}
