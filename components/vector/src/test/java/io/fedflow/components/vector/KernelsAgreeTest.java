package io.fedflow.components.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.components.StandardComponents;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which kernel runs changes how long a job takes, and nothing of what comes out. */
class KernelsAgreeTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");
  private static final int ROWS = 90;

  private static final Map<String, Map<String, Object>> PARAMETERS =
      Map.of(
          "HeteroLR",
          Map.of("max_iter", 3, "batch_size", -1, "optimizer", "sgd"),
          "HeteroFeatureBinning",
          Map.of("bin_num", 5),
          "HeteroSecureBoost",
          Map.of("num_trees", 2, "bin_num", 6),
          "HeteroPearson",
          Map.of("column_indexes", -1, "fixpoint_bit_length", 1024));

  @AfterEach
  void forget() {
    System.clearProperty(CryptoSuite.KERNEL_PROPERTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HeteroLR", "HeteroFeatureBinning", "HeteroSecureBoost", "HeteroPearson"})
  void modelsOfAllParties_areEqual_whicheverKernelRuns(String module) {
    Map<Party, ComponentModel> expected = models(module, "scalar");
    assertThat(expected).containsKey(GUEST);
    assertThat(models(module, "double")).isEqualTo(expected);
    if (new VectorKernels().obstacle().isEmpty()) {
      assertThat(models(module, "vector")).isEqualTo(expected);
    }
  }

  private static Map<Party, ComponentModel> models(String module, String kernel) {
    System.setProperty(CryptoSuite.KERNEL_PROPERTY, kernel);
    Component component =
        new StandardComponents()
            .components().stream()
                .filter(c -> c.descriptor().module().equals(module))
                .findFirst()
                .orElseThrow();
    Map<Role, List<String>> parties = new LinkedHashMap<>();
    parties.put(Role.GUEST, List.of("9999"));
    parties.put(Role.HOST, List.of("10000"));
    parties.put(Role.ARBITER, List.of("10000"));
    Map<String, Object> params = new LinkedHashMap<>(PARAMETERS.get(module));
    if (!module.equals("HeteroPearson")) {
      params.put("encrypt_param", Map.of("key_length", 1024));
    }
    String kind = module.matches("HeteroLR|HeteroSecureBoost") ? "train_data" : "data";
    ComponentHarness.Result result =
        new ComponentHarness(component, new Parties(parties))
            .params(params)
            .seed(11)
            .inputs(GUEST, Tables.as(kind, table(GUEST, true)))
            .inputs(HOST, Tables.as(kind, table(HOST, false)))
            .run()
            .succeeded();
    assertThat(result.trackers().values())
        .anyMatch(
            tracker ->
                tracker.logLines().stream()
                    .anyMatch(line -> line.contains("arithmetic kernel: " + kernel)));
    Map<Party, ComponentModel> models = new LinkedHashMap<>();
    result
        .outputs()
        .forEach((party, outputs) -> outputs.model().ifPresent(model -> models.put(party, model)));
    return models;
  }

  private static Table table(Party party, boolean labelled) {
    Random random = new Random(5);
    double[] label = new double[ROWS];
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int column = 0; column < 6; column++) {
      double[] values = random.doubles(ROWS, -2, 2).toArray();
      if (column % 2 == (labelled ? 0 : 1)) {
        columns.put("x" + column, values);
      }
      for (int row = 0; row < ROWS; row++) {
        label[row] += values[row];
      }
    }
    for (int row = 0; row < ROWS; row++) {
      label[row] = label[row] > 0 ? 1 : 0;
    }
    return Tables.instances(party, labelled ? label : null, columns);
  }
}
