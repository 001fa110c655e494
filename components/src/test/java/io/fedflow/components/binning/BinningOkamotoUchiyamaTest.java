package io.fedflow.components.binning;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Tables;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BinningOkamotoUchiyamaTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");
  private static final Party SECOND = new Party(Role.HOST, "10001");
  private static final Parties PARTIES =
      new Parties(Map.of(Role.GUEST, List.of("9999"), Role.HOST, List.of("10000", "10001")));

  private static Result run(String method, Table guest) {
    return new ComponentHarness(new HeteroFeatureBinning(CryptoSuite.standard()), PARTIES)
        .params(Map.of("encrypt_param", Map.of("method", method, "key_length", 1024)))
        .inputs(GUEST, Tables.asData(guest))
        .inputs(HOST, Tables.asData(BreastData.host(HOST, 0, 8)))
        .inputs(SECOND, Tables.asData(BreastData.host(SECOND, 8, 20)))
        .run();
  }

  private static Table classes(int count) {
    Table guest = BreastData.guest(GUEST);
    double[] labels = new double[guest.rowCount()];
    Arrays.setAll(labels, row -> row % count);
    return BreastData.withColumn(guest, guest.schema().indexOf(ColumnSpec.Use.LABEL), labels);
  }

  private static BinningModel model(Result result) {
    return BinningModel.of(result.of(GUEST).model().orElseThrow());
  }

  @Test
  void statistics_areThoseOfPaillier() {
    for (Table guest : List.of(BreastData.guest(GUEST), classes(7))) {
      BinningModel one = model(run("paillier", guest).succeeded());
      BinningModel other = model(run("OkamotoUchiyama", guest).succeeded());
      for (String host : List.of("10000", "10001")) {
        assertThat(other.ofHost(host)).isNotEmpty().isEqualTo(one.ofHost(host));
      }
      assertThat(other.own()).isEqualTo(one.own());
    }
  }

  /** 339 bits hold the counts of 33 classes of 569 rows. */
  @Test
  void moreClassesThanThePlaintextsHold_areRefusedWithWhatTheyHold() {
    run("paillier", classes(40)).succeeded();
    assertThat(run("OkamotoUchiyama", classes(40)).rootFailure())
        .has(Failures.code("crypto.key-too-small"))
        .hasMessageContaining("40 slots of 10 bits")
        .hasMessageContaining("at most 33");
  }
}
