package io.fedflow.components.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.curve25519.LadderKernel;
import io.fedflow.components.crypto.curve25519.LadderKernelContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of all ladders, in vectors. */
class VectorLadderTest extends LadderKernelContract {

  @BeforeAll
  static void needsVectors() {
    VectorMachine.assume();
  }

  @Override
  protected LadderKernel kernel() {
    return new VectorLadders();
  }

  @Test
  void standard_isInVectors() {
    assertThat(LadderKernel.standard().name()).isEqualTo(VectorKernels.NAME);
  }
}
