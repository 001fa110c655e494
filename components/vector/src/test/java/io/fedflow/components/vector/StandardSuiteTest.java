package io.fedflow.components.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a process takes, with the module of vectors and without. */
class StandardSuiteTest {

  private static final boolean VECTORS = new VectorKernels().obstacle().isEmpty();

  @AfterEach
  void forget() {
    System.clearProperty(CryptoSuite.KERNEL_PROPERTY);
  }

  private static CryptoSuite forced(String kernel) {
    System.setProperty(CryptoSuite.KERNEL_PROPERTY, kernel);
    return CryptoSuite.standard();
  }

  @Test
  void theReport_saysOfVectorsWhatBecameOfThem() {
    CryptoSuite suite = CryptoSuite.standard();
    assertThat(suite.kernelReport()).startsWith(suite.kernelName()).contains("vector");
  }

  @Test
  void theProperty_forcesVectors() {
    Assumptions.assumeTrue(VECTORS);
    assertThat(forced("vector").kernelName()).isEqualTo("vector");
    assertThat(forced("scalar").kernelName()).isEqualTo("scalar");
    assertThatThrownBy(() -> forced("abacus")).hasMessageContaining("[vector, double, scalar]");
  }

  @Test
  void withoutTheModule_anotherKernelRuns_andTheRemedyIsNamed() {
    Assumptions.assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty());
    assertThat(CryptoSuite.standard().kernelName()).isIn("double", "scalar");
    assertThat(CryptoSuite.standard().kernelReport())
        .contains("start Java with --add-modules jdk.incubator.vector");
    CryptoSuite vectors = forced("vector");
    assertThatThrownBy(vectors::kernelName)
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("fedflow.crypto.kernel is vector")
        .hasMessageContaining("--add-modules jdk.incubator.vector");
  }
}
