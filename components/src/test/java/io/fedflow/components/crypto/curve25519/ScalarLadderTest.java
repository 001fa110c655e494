package io.fedflow.components.crypto.curve25519;

/** The contract, one point after the other. */
class ScalarLadderTest extends LadderKernelContract {

  @Override
  protected LadderKernel kernel() {
    return LadderKernel.scalar();
  }
}
