package io.fedflow.components.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Tables;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.ProtobufCodec;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One guest and one or two hosts over the example data, with short keys. */
final class BoostFixture {

  static final Party GUEST = new Party(Role.GUEST, "9999");
  static final Party HOST = new Party(Role.HOST, "10000");
  static final Party SECOND = new Party(Role.HOST, "10001");

  static final Parties TWO =
      new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000")));
  static final Parties THREE =
      new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000", "10001")));

  private BoostFixture() {}

  /** Three trees of depth three over few bins; what is given replaces that. */
  static Map<String, Object> params(Object... more) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("num_trees", 3);
    params.put("bin_num", 9);
    params.put("encrypt_param", Map.of("key_length", 1024));
    for (int i = 0; i < more.length; i += 2) {
      params.put((String) more[i], more[i + 1]);
    }
    return params;
  }

  static ComponentHarness harness(Table guest, Table host, Map<String, ?> params) {
    return new ComponentHarness(new HeteroSecureBoost(CryptoSuite.standard()), TWO)
        .params(params)
        .inputs(GUEST, Tables.as("train_data", guest))
        .inputs(HOST, Tables.as("train_data", host));
  }

  static Result run(Table guest, Table host, Map<String, ?> params) {
    return harness(guest, host, params).run().succeeded();
  }

  /** Every third row of the example data keeps tests short. */
  static Table guest() {
    return some(BreastData.guest(GUEST));
  }

  static Table host() {
    return some(BreastData.host(HOST, 0, 8));
  }

  static Table some(Table table) {
    Table sorted = table.sortedById();
    return sorted.select(IntStream.range(0, 190).map(i -> 3 * i).filter(i -> i < 569).toArray());
  }

  static Table withLabels(Table table, double[] labels) {
    return BreastData.withColumn(table, table.schema().indexOf(ColumnSpec.Use.LABEL), labels);
  }

  /** Guest columns, then host columns, as the parties align them. */
  static double[][] joined(Table guest, Table... hosts) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(guest.sortedById().features()),
            java.util.Arrays.stream(hosts)
                .flatMap(host -> java.util.Arrays.stream(host.sortedById().features())))
        .toArray(double[][]::new);
  }

  static ComponentModel model(Result result, Party party) {
    return result.of(party).model().orElseThrow();
  }

  static BoostModel trees(Result result, Party party) {
    return BoostModel.of(model(result, party));
  }

  static byte[] bytes(Result result, Party party) {
    return ProtobufCodec.write(model(result, party).param());
  }

  static TaskInputs predicting(Table table, ComponentModel model) {
    return new TaskInputs(
        Map.of("test_data", List.of(new DataInput("a_0.data", table))),
        Optional.of(model),
        List.of());
  }

  static double[] losses(Result result) {
    return result.trackers().get(GUEST).points("train", "loss").stream()
        .mapToDouble(point -> ((Number) point.value()).doubleValue())
        .toArray();
  }

  static ModelMessage param(Result result, Party party) {
    return model(result, party).param();
  }

  /** The same trees, split by the same columns at the same places, with the same leaves. */
  static void assertSame(Result result, PlainBoost plain, int guestColumns) {
    BoostModel guest = trees(result, GUEST);
    BoostModel host = trees(result, HOST);
    assertThat(guest.trees()).hasSameSizeAs(plain.trees);
    for (int tree = 0; tree < plain.trees.size(); tree++) {
      List<PlainBoost.Node> expected = PlainBoost.numbered(plain.trees.get(tree));
      List<TreeNode> found = guest.trees().get(tree).nodes();
      assertThat(found).as("tree %d", tree).hasSameSizeAs(expected);
      for (int id = 0; id < found.size(); id++) {
        PlainBoost.Node node = expected.get(id);
        assertThat(found.get(id).leaf()).isEqualTo(node.column < 0);
        if (node.column < 0) {
          assertThat(found.get(id).weight())
              .as("tree %d, leaf %d", tree, id)
              .isCloseTo(node.weight, within(1e-8 * Math.max(1, Math.abs(node.weight))));
          continue;
        }
        boolean own = node.column < guestColumns;
        TreeNode.Split split = (own ? guest : host).trees().get(tree).nodes().get(id).split();
        assertThat(split).as("tree %d, node %d is of column %d", tree, id, node.column).isNotNull();
        assertThat(split.column()).isEqualTo(own ? node.column : node.column - guestColumns);
        assertThat(split.threshold()).isEqualTo(node.threshold);
        assertThat(split.missingLeft()).isEqualTo(node.missingLeft);
        assertThat((own ? host : guest).trees().get(tree).nodes().get(id).split()).isNull();
      }
    }
    for (int round = 0; round < plain.losses.size(); round++) {
      assertThat(losses(result)[round])
          .as("loss of round %d", round)
          .isCloseTo(plain.losses.get(round), within(1e-7 * Math.max(1, plain.losses.get(round))));
    }
  }
}
