package io.fedflow.components.lr;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.ModularKernelFactory;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.vector.VectorKernels;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** One job on every kernel. */
class KernelsAgreeTest {

  @Test
  void logisticRegression_hasTheSameModelOnEveryKernel() {
    new VectorKernels().obstacle().ifPresent(Assumptions::abort);
    Trained scalar = train(ModularKernelFactory.scalar());

    assertThat(scalar.guest()).hasSize(10);
    assertThat(scalar.host()).hasSize(20);
    assertThat(scalar.losses()).hasSize(2);
    assertThat(train(ModularKernelFactory.doubles())).isEqualTo(scalar);
    assertThat(train(new VectorKernels())).isEqualTo(scalar);
  }

  private record Trained(
      Map<String, Double> guest, Map<String, Double> host, List<Double> losses) {}

  private static Trained train(ModularKernelFactory kernel) {
    CryptoSuite suite = CryptoSuite.select(List.of(kernel), kernel.name());
    Result result =
        new ComponentHarness(new HeteroLR(suite), LrFixture.THREE)
            .params(LrFixture.params("max_iter", 2))
            .inputs(
                LrFixture.GUEST, LrFixture.inputs("train_data", BreastData.guest(LrFixture.GUEST)))
            .inputs(LrFixture.HOST, LrFixture.inputs("train_data", BreastData.host(LrFixture.HOST)))
            .run()
            .succeeded();
    assertThat(result.trackers().get(LrFixture.ARBITER).logLines())
        .anyMatch(line -> line.contains("arithmetic kernel: " + kernel.name()));
    List<Double> losses = new ArrayList<>();
    Arrays.stream(LrFixture.losses(result)).forEach(losses::add);
    return new Trained(
        LrFixture.param(result, LrFixture.GUEST).map("weight"),
        LrFixture.param(result, LrFixture.HOST).map("weight"),
        losses);
  }
}
