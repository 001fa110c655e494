package io.fedflow.components.vector;

import org.junit.jupiter.api.Assumptions;

/** Whether this machine has vectors at all; tests of them are skipped where it has not. */
final class VectorMachine {

  private VectorMachine() {}

  static void assume() {
    new VectorKernels().obstacle().ifPresent(Assumptions::abort);
  }
}
