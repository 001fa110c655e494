package io.fedflow.components.boosting;

import static io.fedflow.components.boosting.BoostFixture.GUEST;
import static io.fedflow.components.boosting.BoostFixture.HOST;
import static io.fedflow.components.boosting.BoostFixture.SECOND;
import static io.fedflow.components.boosting.BoostFixture.THREE;
import static io.fedflow.components.boosting.BoostFixture.TWO;
import static io.fedflow.components.boosting.BoostFixture.assertSame;
import static io.fedflow.components.boosting.BoostFixture.bytes;
import static io.fedflow.components.boosting.BoostFixture.guest;
import static io.fedflow.components.boosting.BoostFixture.host;
import static io.fedflow.components.boosting.BoostFixture.joined;
import static io.fedflow.components.boosting.BoostFixture.losses;
import static io.fedflow.components.boosting.BoostFixture.model;
import static io.fedflow.components.boosting.BoostFixture.param;
import static io.fedflow.components.boosting.BoostFixture.params;
import static io.fedflow.components.boosting.BoostFixture.run;
import static io.fedflow.components.boosting.BoostFixture.some;
import static io.fedflow.components.boosting.BoostFixture.trees;
import static io.fedflow.components.boosting.BoostFixture.withLabels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ModelMessage;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeteroSecureBoostTest {

  private static final int GUEST_COLUMNS = 10;

  private static PlainBoost plain(Table guest, Table host, Consumer<PlainBoost> settings) {
    PlainBoost plain =
        new PlainBoost(joined(guest, host), GUEST_COLUMNS, guest.sortedById().label());
    settings.accept(plain);
    return plain.run();
  }

  @Test
  void twoClasses_growTheTreesOfAPlainTraining() {
    Table guest = BreastData.guest(GUEST);
    Table host = BreastData.host(HOST);
    Result result = run(guest, host, params("bin_num", 32));
    PlainBoost plain = plain(guest, host, p -> p.bins = 32);
    assertSame(result, plain, GUEST_COLUMNS);
    Table predictions = result.of(GUEST).data().get(0);
    for (int row = 0; row < 569; row++) {
      assertThat(predictions.numbers("predict_score")[row])
          .isCloseTo(plain.probability(row, 0), within(1e-9));
    }
    assertThat(result.of(HOST).data()).isEmpty();
  }

  @Test
  void severalClasses_growATreeForEach() {
    double[] weights = different();
    Table guest = withWeights(withLabels(guest(), thirds()), weights);
    Result result = run(guest, host(), params("num_trees", 2));
    PlainBoost plain =
        new PlainBoost(
            joined(guest, host()),
            GUEST_COLUMNS,
            Arrays.stream(thirds()).map(label -> (label + 3) / 5).toArray());
    plain.dimensions = 3;
    plain.weights = weights;
    plain.rounds = 2;
    assertSame(result, plain.run(), GUEST_COLUMNS);
    assertThat(param(result, GUEST).list("classes_")).isEqualTo(List.of("-3", "2", "7"));
    assertThat(param(result, GUEST).number("tree_dim")).isEqualTo(3);
    Table predictions = result.of(GUEST).data().get(0);
    int right = 0;
    for (int row = 0; row < predictions.rowCount(); row++) {
      double[] p = {
        plain.probability(row, 0), plain.probability(row, 1), plain.probability(row, 2)
      };
      int best = p[1] > p[0] ? (p[2] > p[1] ? 2 : 1) : p[2] > p[0] ? 2 : 0;
      assertThat(predictions.numbers("predict_result")[row]).isEqualTo(best * 5 - 3);
      assertThat(predictions.numbers("predict_score")[row]).isCloseTo(p[best], within(1e-9));
      right += predictions.numbers("label")[row] == best * 5 - 3 ? 1 : 0;
    }
    assertThat(right).isGreaterThan(predictions.rowCount() * 3 / 4);
    assertThat(((Column.Texts) predictions.column(3)).values()[0])
        .matches("\\{\"-3\": [0-9.E-]+, \"2\": [0-9.E-]+, \"7\": [0-9.E-]+}");
  }

  /** Weights that keep candidates apart which divide the rows differently by equal sums. */
  private static double[] different() {
    return IntStream.range(0, 190).mapToDouble(row -> 1 + Math.sin(row) / 9).toArray();
  }

  /** Classes -3, 2 and 7 that follow from two columns, one of either party. */
  private static double[] thirds() {
    double[] own = guest().features()[2];
    double[] theirs = host().features()[3];
    double[] labels = new double[own.length];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = own[row] > 0.3 ? 7 : theirs[row] > 0 ? 2 : -3;
    }
    return labels;
  }

  @ParameterizedTest
  @CsvSource({"lse,0", "lae,0", "huber,1.3", "fair,0.7", "log_cosh,0", "tweedie,1.5"})
  void values_growTheTreesOfAPlainTraining(String objective, double parameter) {
    double[] own = guest().features()[1];
    double[] theirs = host().features()[5];
    double[] labels =
        IntStream.range(0, own.length)
            .mapToDouble(
                row -> Math.max(0, 3 + 2 * own[row] + own[row] * theirs[row] - theirs[row]))
            .toArray();
    Table guest = withLabels(guest(), labels);
    Map<String, Object> objectiveParam =
        parameter == 0
            ? Map.of("objective", objective)
            : Map.of("objective", objective, "params", List.of(parameter));
    Result result =
        run(
            guest,
            host(),
            params("task_type", "regression", "objective_param", objectiveParam, "num_trees", 2));
    PlainBoost plain =
        plain(
            guest,
            host(),
            p -> {
              p.objective = objective;
              p.parameter = parameter;
              p.rounds = 2;
            });
    assertSame(result, plain, GUEST_COLUMNS);
    double expected =
        objective.equals("tweedie") ? Math.exp(plain.scores[0][4]) : plain.scores[0][4];
    Table predictions = result.of(GUEST).data().get(0);
    assertThat(predictions.numbers("predict_result")[4]).isCloseTo(expected, within(1e-8));
    assertThat(predictions.schema().columns().get(1).type()).isEqualTo(ColumnSpec.Type.NUMBER);
  }

  @Test
  void sampleWeights_multiplyDerivativesAndLoss() {
    double[] weights = IntStream.range(0, 190).mapToDouble(row -> 0.5 + row % 5).toArray();
    Table guest = withWeights(guest(), weights);
    Result result = run(guest, host(), params());
    assertSame(result, plain(guest, host(), p -> p.weights = weights), GUEST_COLUMNS);
  }

  private static Table withWeights(Table table, double[] weights) {
    List<ColumnSpec> specs = new ArrayList<>(table.schema().columns());
    List<Column> columns = new ArrayList<>(table.columns());
    specs.add(new ColumnSpec("w", ColumnSpec.Type.NUMBER, ColumnSpec.Use.WEIGHT, ""));
    columns.add(new Column.Numbers(weights));
    return table.withColumns(specs, columns);
  }

  @Test
  void missingValues_findTheirOwnSide() {
    Table guest = holed(guest(), 3, 0);
    Table host = holed(host(), 4, 1);
    Result result = run(guest, host, params("use_missing", true));
    PlainBoost plain = plain(guest, host, p -> {});
    assertSame(result, plain, GUEST_COLUMNS);
    assertThat(plain.trees.stream().flatMap(tree -> PlainBoost.numbered(tree).stream()))
        .as("a split that sends missing values left, of either party")
        .anyMatch(node -> node.missingLeft && node.column < GUEST_COLUMNS)
        .anyMatch(node -> node.missingLeft && node.column >= GUEST_COLUMNS);
    assertPredictsItsTraining(result, guest, host, params("use_missing", true));
  }

  @Test
  void zeros_areMissingOnlyWhereAskedFor() {
    Table guest = guest();
    Table host = zeroed(host(), 3);
    Result result =
        run(guest, host, params("use_missing", true, "zero_as_missing", true, "num_trees", 2));
    PlainBoost plain =
        plain(
            guest,
            host,
            p -> {
              p.zeroAsMissing = true;
              p.rounds = 2;
            });
    assertSame(result, plain, GUEST_COLUMNS);
    Result without = run(guest, host, params("num_trees", 2));
    assertSame(without, plain(guest, host, p -> p.rounds = 2), GUEST_COLUMNS);
    assertThat(bytes(without, HOST)).isNotEqualTo(bytes(result, HOST));
  }

  /** Without the values of rows whose label a missing one should tell. */
  private static Table holed(Table table, int every, int label) {
    double[] labels = guest().label();
    Table holed = table;
    for (int i = 0; i < table.columns().size(); i++) {
      if (table.schema().columns().get(i).use() == ColumnSpec.Use.FEATURE) {
        double[] values = ((Column.Numbers) table.column(i)).values().clone();
        for (int row = 0; row < values.length; row++) {
          if (row % every == i % every && (labels[row] == label || row % 7 == 0)) {
            values[row] = Double.NaN;
          }
        }
        holed = BreastData.withColumn(holed, i, values);
      }
    }
    return holed;
  }

  private static Table zeroed(Table table, int every) {
    Table zeroed = table;
    for (int i = 0; i < table.columns().size(); i++) {
      double[] values = ((Column.Numbers) table.column(i)).values().clone();
      for (int row = i % every; row < values.length; row += every) {
        values[row] = 0;
      }
      zeroed = BreastData.withColumn(zeroed, i, values);
    }
    return zeroed;
  }

  @Test
  void leastSizesAndPenalties_areThoseOfAPlainTraining() {
    Map<String, Object> tree =
        Map.of(
            "max_depth",
            4,
            "criterion_params",
            Map.of("l2", 0.7, "l1", 0.4),
            "min_leaf_node",
            7,
            "min_sample_split",
            30,
            "min_impurity_split",
            0.5,
            "min_child_weight",
            1.5);
    Result result =
        run(guest(), host(), params("tree_param", tree, "learning_rate", 0.5, "bin_num", 6));
    PlainBoost plain =
        plain(
            guest(),
            host(),
            p -> {
              p.depth = 4;
              p.lambda = 0.7;
              p.alpha = 0.4;
              p.leastRowsOfLeaf = 7;
              p.leastRowsToSplit = 30;
              p.leastGain = 0.5;
              p.leastWeightOfChild = 1.5;
              p.rate = 0.5;
              p.bins = 6;
            });
    assertSame(result, plain, GUEST_COLUMNS);
  }

  @Test
  void oneHost_andTheSameColumnsAtTwoHosts_giveTheSameTrees() {
    Result one = run(guest(), some(BreastData.host(HOST)), params());
    Result two =
        new ComponentHarness(new HeteroSecureBoost(CryptoSuite.standard()), THREE)
            .params(params())
            .inputs(GUEST, Tables.as("train_data", guest()))
            .inputs(HOST, Tables.as("train_data", some(BreastData.host(HOST, 0, 8))))
            .inputs(SECOND, Tables.as("train_data", some(BreastData.host(SECOND, 8, 20))))
            .run()
            .succeeded();
    for (int tree = 0; tree < 3; tree++) {
      List<TreeNode> nodes = trees(one, HOST).trees().get(tree).nodes();
      for (TreeNode node : nodes) {
        TreeNode first = trees(two, HOST).trees().get(tree).nodes().get(node.id());
        TreeNode second = trees(two, SECOND).trees().get(tree).nodes().get(node.id());
        TreeNode.Split joined =
            second.split() == null
                ? first.split()
                : new TreeNode.Split(
                    second.split().column() + 8, second.split().threshold(), false);
        assertThat(joined).isEqualTo(node.split());
      }
      assertThat(weights(two, tree)).isEqualTo(weights(one, tree));
    }
    assertThat(trees(two, SECOND).trees().stream().flatMap(tree -> tree.nodes().stream()))
        .as("splits of the second host")
        .anyMatch(node -> node.split() != null);
    assertThat(two.of(GUEST).data().get(0).numbers("predict_score"))
        .isEqualTo(one.of(GUEST).data().get(0).numbers("predict_score"));
  }

  private static List<Double> weights(Result result, int tree) {
    return trees(result, GUEST).trees().get(tree).nodes().stream().map(TreeNode::weight).toList();
  }

  @Test
  void aRepeatedTraining_givesTheSameBytes_packedOrNot() {
    Map<String, Object> settings =
        params("subsample_feature_rate", 0.5, "run_goss", true, "num_trees", 2);
    Result first = run(guest(), host(), settings);
    Result again = run(guest(), host(), settings);
    assertThat(bytes(again, GUEST)).isEqualTo(bytes(first, GUEST));
    assertThat(bytes(again, HOST)).isEqualTo(bytes(first, HOST));
    settings.put("cipher_compress", false);
    Result plain = run(guest(), host(), settings);
    assertThat(bytes(plain, GUEST)).isEqualTo(bytes(first, GUEST));
    assertThat(bytes(plain, HOST)).isEqualTo(bytes(first, HOST));
    settings.put("random_seed", 101);
    assertThat(bytes(run(guest(), host(), settings), GUEST)).isNotEqualTo(bytes(first, GUEST));
  }

  @Test
  void predictionOfTheTrainingRows_isWhatTrainingGave() {
    Table guest = guest();
    Result result = run(guest, host(), params("task_type", "classification"));
    assertPredictsItsTraining(result, guest, host(), params());
    Table classes = withLabels(guest, thirds());
    Result several = run(classes, host(), params("num_trees", 2));
    assertPredictsItsTraining(several, classes, host(), params("num_trees", 2));
  }

  private static void assertPredictsItsTraining(
      Result trained, Table guest, Table host, Map<String, Object> settings) {
    Result predicted =
        new ComponentHarness(new HeteroSecureBoost(CryptoSuite.standard()), TWO)
            .params(settings)
            .inputs(GUEST, BoostFixture.predicting(guest, model(trained, GUEST)))
            .inputs(HOST, BoostFixture.predicting(host, model(trained, HOST)))
            .run()
            .succeeded();
    Table before = trained.of(GUEST).data().get(0);
    Table after = predicted.of(GUEST).data().get(0);
    assertThat(after.ids()).isEqualTo(before.ids());
    for (int column = 0; column < 3; column++) {
      assertThat(((Column.Numbers) after.column(column)).values())
          .isEqualTo(((Column.Numbers) before.column(column)).values());
    }
    assertThat(((Column.Texts) after.column(3)).values())
        .isEqualTo(((Column.Texts) before.column(3)).values());
    assertThat(((Column.Texts) after.column(4)).values()).containsOnly("predict");
    assertThat(predicted.of(HOST).data()).isEmpty();
  }

  @Test
  void completeSecureTrees_areOfTheGuestAlone() {
    Result result = run(guest(), host(), params("complete_secure", 2));
    PlainBoost.Turns turns = (round, level, column) -> column < GUEST_COLUMNS || round >= 2;
    assertSame(result, plain(guest(), host(), p -> p.turns = turns), GUEST_COLUMNS);
    assertThat(result.messages())
        .filteredOn(message -> message.tag().name().equals("sbt_gradients"))
        .extracting(message -> message.tag().suffix())
        .containsExactly("2.0");
  }

  @Test
  void strategyMix_growsTreesOfOnePartyEach() {
    Map<String, Object> settings = params("work_mode", "mix", "num_trees", 4);
    Result result = run(guest(), host(), settings);
    PlainBoost plain =
        plain(
            guest(),
            host(),
            p -> {
              p.rounds = 4;
              p.turns = (round, level, column) -> column < GUEST_COLUMNS == (round % 2 == 0);
            });
    assertSame(result, plain, GUEST_COLUMNS);
    assertThat(param(result, GUEST).text("model_name")).isEqualTo("hetero_fast_sbt_mix");
    assertThat(param(result, GUEST).list("tree_plan"))
        .isEqualTo(List.of("0_-1", "1_10000", "0_-1", "1_10000"));
    assertThat(result.messages())
        .filteredOn(message -> message.tag().name().equals("sbt_gradients"))
        .extracting(message -> message.tag().suffix())
        .containsExactly("1.0", "3.0");
    assertPredictsItsTraining(result, guest(), host(), settings);
  }

  @Test
  void strategyMix_givesEveryHostItsTurn() {
    Result result =
        new ComponentHarness(new HeteroSecureBoost(CryptoSuite.standard()), THREE)
            .params(params("boosting_strategy", "mix", "tree_num_per_party", 2, "num_trees", 6))
            .inputs(GUEST, Tables.as("train_data", guest()))
            .inputs(HOST, Tables.as("train_data", some(BreastData.host(HOST, 0, 8))))
            .inputs(SECOND, Tables.as("train_data", some(BreastData.host(SECOND, 8, 20))))
            .run()
            .succeeded();
    List<String> sites =
        trees(result, GUEST).trees().stream().map(tree -> tree.nodes().get(0).site()).toList();
    assertThat(sites)
        .isEqualTo(
            List.of(
                "guest:9999",
                "guest:9999",
                "host:10000",
                "host:10000",
                "host:10001",
                "host:10001"));
    assertThat(result.messages())
        .filteredOn(message -> message.tag().name().equals("sbt_gradients"))
        .extracting(message -> message.tag().suffix() + message.to())
        .containsExactly("2.0host:10000", "3.0host:10000", "4.0host:10001", "5.0host:10001");
  }

  @Test
  void strategyLayered_splitsUpperLevelsByTheHost_andLowerOnesByTheGuest() {
    Map<String, Object> settings =
        params("boosting_strategy", "layered", "host_depth", 2, "guest_depth", 1);
    double[] weights = different();
    Table guest = withWeights(guest(), weights);
    Result result = run(guest, host(), settings);
    PlainBoost plain =
        plain(
            guest,
            host(),
            p -> {
              p.weights = weights;
              p.turns = (round, level, column) -> column < GUEST_COLUMNS == (level == 2);
            });
    assertSame(result, plain, GUEST_COLUMNS);
    assertThat(param(result, GUEST).text("model_name")).isEqualTo("hetero_fast_sbt_layered");
    assertThat(result.messages())
        .filteredOn(message -> message.tag().name().equals("sbt_sums"))
        .extracting(message -> message.tag().suffix().split("\\.")[1])
        .containsOnly("0", "1");
    assertPredictsItsTraining(result, guest, host(), settings);
  }

  @Test
  void strategyLayered_isForOneHost() {
    Result result =
        new ComponentHarness(new HeteroSecureBoost(CryptoSuite.standard()), THREE)
            .params(params("boosting_strategy", "layered"))
            .inputs(GUEST, Tables.as("train_data", guest()))
            .inputs(HOST, Tables.as("train_data", some(BreastData.host(HOST, 0, 8))))
            .inputs(SECOND, Tables.as("train_data", some(BreastData.host(SECOND, 8, 20))))
            .run();
    assertThat(result.rootFailure())
        .isInstanceOf(io.fedflow.failure.FedflowException.class)
        .hasMessageContaining("layered");
  }

  @Test
  void sampledRows_growTreesThatStillTellTheClassesApart() {
    Result result = run(guest(), host(), params("run_goss", true, "num_trees", 4));
    assertThat(result.messages())
        .filteredOn(message -> message.tag().name().equals("sbt_rows"))
        .hasSize(4)
        .allSatisfy(
            message ->
                assertThat(message.payload().asLongs())
                    .as("a fifth and a tenth of 190 rows")
                    .hasSize(38 + 19)
                    .isSorted());
    double[] losses = losses(result);
    assertThat(losses[3]).isLessThan(losses[0]).isLessThan(0.4);
    assertPredictsItsTraining(result, guest(), host(), params());
  }

  @Test
  void model_hasTheShapesThatFateHas() {
    Result result = run(guest(), host(), params());
    ModelMessage param = param(result, GUEST);
    assertThat(model(result, GUEST).messages().keySet())
        .containsExactly("HeteroSecureBoostingTreeGuestMeta", "HeteroSecureBoostingTreeGuestParam");
    assertThat(model(result, HOST).messages().keySet())
        .containsExactly("HeteroSecureBoostingTreeHostMeta", "HeteroSecureBoostingTreeHostParam");
    assertThat(param.number("tree_num")).isEqualTo(3);
    assertThat(param.text("model_name")).isEqualTo("hetero_sbt");
    assertThat(param.<String>intMap("feature_name_fid_mapping")).containsEntry(3, "x3");
    ModelMessage tree = param.<ModelMessage>list("trees_").get(0);
    int rows = tree.<Integer>intMap("leaf_count").values().stream().mapToInt(i -> i).sum();
    assertThat(rows).isEqualTo(190);
    ModelMessage meta = model(result, HOST).meta();
    assertThat(meta.message("tree_meta").number("max_depth")).isEqualTo(3);
    assertThat(meta.message("quantile_meta").number("bin_num")).isEqualTo(9);
  }

  @Test
  void importances_countSplitsAndSumGains() {
    Result result = run(guest(), host(), params());
    Map<?, ?> summary =
        (Map<?, ?>) result.trackers().get(GUEST).summary().get("feature_importance");
    long splits =
        trees(result, GUEST).trees().stream()
            .flatMap(tree -> tree.nodes().stream())
            .filter(node -> !node.leaf())
            .count();
    assertThat(summary.values().stream().mapToLong(value -> (Long) value).sum()).isEqualTo(splits);
    assertThat(summary.keySet().toString()).contains("host_10000_x").contains("x");
    trees(result, HOST).trees().stream()
        .flatMap(tree -> tree.nodes().stream())
        .filter(node -> node.split() != null)
        .forEach(
            node -> assertThat(summary.get("host_10000_x" + node.split().column())).isNotNull());

    Result byGain =
        run(guest(), host(), params("tree_param", Map.of("feature_importance_type", "gain")));
    List<ModelMessage> importances = param(byGain, GUEST).list("feature_importances");
    assertThat(importances)
        .isSortedAccordingTo(
            (a, b) -> Double.compare(b.number("importance"), a.number("importance")))
        .allSatisfy(
            one -> {
              assertThat(one.text("main")).isEqualTo("gain");
              assertThat(one.number("importance")).isPositive();
            });
    assertThat(importances.stream().mapToDouble(one -> one.number("importance2")).sum())
        .isEqualTo(splits);
  }

  @Test
  void aLossThatStandsStill_endsTrainingEverywhere() {
    Result result = run(guest(), host(), params("num_trees", 50, "tol", 0.05));
    int rounds = losses(result).length;
    assertThat(rounds).isLessThan(12);
    assertThat(trees(result, HOST).trees()).hasSize(rounds);
    assertThat(result.trackers().get(GUEST).summary()).containsEntry("is_converged", true);
    assertThat(result.trackers().get(HOST).summary()).containsEntry("is_converged", true);
  }
}
