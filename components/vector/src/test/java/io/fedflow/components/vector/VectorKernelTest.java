package io.fedflow.components.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.ModularKernelContract;
import io.fedflow.components.crypto.ModularKernelFactory;
import java.math.BigInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of all kernels, in vectors. */
class VectorKernelTest extends ModularKernelContract {

  private static final VectorKernels KERNELS = new VectorKernels();

  @BeforeAll
  static void needsVectors() {
    VectorMachine.assume();
  }

  @Override
  protected ModularKernelFactory factory() {
    return KERNELS;
  }

  @Test
  void lanes_areThoseOfTheProcessor() {
    assertThat(KERNELS.create(BigInteger.valueOf(15)).lanes())
        .isEqualTo(LaneProducts.LANES)
        .isGreaterThanOrEqualTo(4);
  }
}
