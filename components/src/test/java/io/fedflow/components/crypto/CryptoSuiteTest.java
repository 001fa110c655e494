package io.fedflow.components.crypto;

import static io.fedflow.components.crypto.AdditiveCipherContract.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class CryptoSuiteTest {

  private static final ModularKernelFactory SCALAR = ModularKernelFactory.scalar();

  @Test
  void standard_namesItsKernel() {
    assertThat(CryptoSuite.standard().kernelName()).isIn("vector", "double", "scalar");
    assertThat(
            CryptoSuite.select(List.of(ModularKernelFactory.doubles(), SCALAR), "scalar")
                .kernelName())
        .isEqualTo("scalar");
  }

  @Test
  void batches_ofAnotherKernel_areConverted() {
    CryptoSuite scalar = CryptoSuite.select(List.of(SCALAR), null);
    AdditiveOwner owner = scalar.owner(Keys.PAIR, ComputePool.inline());
    PlaintextBatch plain = PlaintextBatch.ofLongs(new long[] {5, -6}, 6);
    CiphertextBatch batch = Keys.cipher(ComputePool.inline()).encrypt(plain, Keys.seeded(51));
    assertThat(owner.cipher().rerandomise(batch, Keys.seeded(52)).encode())
        .hasSize(batch.encode().length);
    assertThat(owner.decrypt(owner.cipher().add(batch, batch)).toLongs()).containsExactly(10, -12);
  }

  @Test
  void select_unknownName_isRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> CryptoSuite.select(List.of(SCALAR), "abacus"))
        .hasMessageContaining("abacus")
        .hasMessageContaining("scalar");
    refused(Reason.UNSUPPORTED, () -> CryptoSuite.select(List.of(SCALAR), "abacus"));
  }

  @Test
  void select_kernelWithWrongResults_isPassedOverOrRefused() {
    ModularKernelFactory broken = new BrokenFactory();
    assertThat(CryptoSuite.select(List.of(broken, SCALAR), null).kernelName()).isEqualTo("scalar");
    refused(Reason.SELF_TEST, () -> CryptoSuite.select(List.of(broken, SCALAR), "broken"));
  }

  /** Forgets every product: outputs stay what they were. */
  private static final class BrokenFactory implements ModularKernelFactory {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public ModularKernel create(BigInteger modulus) {
      ModularKernel good = SCALAR.create(modulus);
      return (ModularKernel)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ModularKernel.class},
              (proxy, method, arguments) ->
                  method.getName().equals("mulBatch") ? null : method.invoke(good, arguments));
    }
  }
}
