package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelSelectionTest {

  private static final ModularKernelFactory SCALAR = ModularKernelFactory.scalar();

  @Test
  void aKernelThatCannotRunHere_isPassedOver_andTheReportSaysWhy() {
    KernelChoice choice = KernelSelection.choose(List.of(new Absent(), SCALAR), null);

    assertThat(choice.kernels()).isSameAs(SCALAR);
    assertThat(choice.report()).startsWith("scalar").contains("absent: there is no abacus");
  }

  @Test
  void aKernelThatIsSlowerThanALaterOne_isPassedOver() {
    KernelChoice choice = KernelSelection.choose(List.of(new Slow(), SCALAR), null);

    assertThat(choice.kernels()).isSameAs(SCALAR);
    assertThat(choice.report()).startsWith("scalar").contains("slow: slower");
  }

  @Test
  void theFasterOfTwo_isChosen_andTheReportNamesBoth() {
    KernelChoice choice = KernelSelection.choose(List.of(SCALAR, new Slow()), null);

    assertThat(choice.kernels()).isSameAs(SCALAR);
    assertThat(choice.report()).matches("scalar [0-9.]+ us \\(slow [0-9.]+ us\\)");
  }

  @Test
  void aNamedKernelThatCannotRunHere_isRefusedWithTheReason() {
    assertThatThrownBy(() -> KernelSelection.choose(List.of(new Absent(), SCALAR), "absent"))
        .isInstanceOf(CryptoException.class)
        .hasMessageContaining("fedflow.crypto.kernel is absent")
        .hasMessageContaining("there is no abacus");
  }

  @Test
  void aNamedKernel_isTakenHoweverSlow() {
    KernelChoice choice = KernelSelection.choose(List.of(new Slow(), SCALAR), "slow");

    assertThat(choice.report()).isEqualTo("slow, as fedflow.crypto.kernel says");
  }

  private record Absent() implements ModularKernelFactory {
    @Override
    public String name() {
      return "absent";
    }

    @Override
    public Optional<String> obstacle() {
      return Optional.of("there is no abacus");
    }

    @Override
    public ModularKernel create(BigInteger modulus) {
      throw new AssertionError("asked although it cannot run");
    }
  }

  /** Right results, each product by many. */
  private record Slow() implements ModularKernelFactory {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public ModularKernel create(BigInteger modulus) {
      ModularKernel good = SCALAR.create(modulus);
      return (ModularKernel)
          java.lang.reflect.Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ModularKernel.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("mulBatch")) {
                  long[] waste = new long[50 * good.words()];
                  for (int i = 0; i < 20; i++) {
                    good.mulBatch(waste, 0, waste, 0, waste, 0, 50);
                  }
                }
                return method.invoke(good, arguments);
              });
    }
  }
}
