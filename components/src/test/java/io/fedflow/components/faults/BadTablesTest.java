package io.fedflow.components.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.ComponentJob;
import io.fedflow.components.testing.ComponentJobs;
import io.fedflow.components.testing.Failures;
import io.fedflow.party.Party;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of instances that components cannot work on: they say what is wrong, and where. */
class BadTablesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FederatedSample",
        "FeldmanVerifiableSum",
        "HeteroDataSplit",
        "HeteroFeatureBinning",
        "HeteroLR",
        "HeteroLinR",
        "HeteroPearson",
        "HeteroPoisson",
        "HeteroSecureBoost"
      })
  void otherRowsAtEachParty_areToldWithTheParties(String module) {
    assertThat(
            ComponentJobs.of(module)
                .tables(BadTablesTest::renamedRows)
                .harness()
                .run()
                .rootFailure())
        .is(Failures.code("alignment.rows"))
        .hasMessageContaining("guest:9999")
        .hasMessageContaining("host:10000")
        .hasMessageContaining("add an Intersection");
  }

  @ParameterizedTest
  @CsvSource({
    "FeldmanVerifiableSum, NaN, feldman.value",
    "FeldmanVerifiableSum, 1e200, feldman.value",
    "HeteroLR, NaN, features.missing",
    "HeteroLR, 1e200, features.range",
    "HeteroLR, Infinity, features.range",
    "HeteroLinR, NaN, features.missing",
    "HeteroLinR, 1e200, features.range",
    "HeteroPearson, NaN, features.missing",
    "HeteroPearson, 1e200, features.range",
    "HeteroPoisson, NaN, features.missing",
    "HeteroPoisson, 1e200, features.range",
    "HeteroSecureBoost, NaN, features.missing",
    "HeteroSecureBoost, Infinity, features.range"
  })
  void oneValueBeyondWhatFixedPointHolds_isToldWithItsColumn(
      String module, double value, String code) {
    Result result =
        ComponentJobs.of(module).tables((party, table) -> with(table, value)).harness().run();
    assertThat(result.rootFailure()).is(Failures.code(code)).hasMessageContaining("column x0");
  }

  @ParameterizedTest
  @CsvSource({
    "DataStatistics, inputs.empty",
    "FeatureImputation, inputs.empty",
    "FeatureScale, inputs.empty",
    "FederatedSample, inputs.empty",
    "FeldmanVerifiableSum, inputs.empty",
    "HeteroDataSplit, inputs.empty",
    "HeteroLR, features.empty",
    "HeteroLinR, features.empty",
    "HeteroPearson, inputs.empty",
    "HeteroPoisson, features.empty",
    "HeteroSecureBoost, features.empty",
    "HomoDataSplit, inputs.empty"
  })
  void noRow_asAfterAnEmptyIntersection_isTold(String module, String code) {
    Result result =
        ComponentJobs.of(module).tables((party, table) -> table.select(new int[0])).harness().run();
    assertThat(result.rootFailure()).is(Failures.code(code));
    assertThat(result.outputs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FeatureImputation",
        "FeatureScale",
        "HeteroFeatureBinning",
        "HeteroFeatureSelection",
        "HeteroLR",
        "HeteroLinR",
        "HeteroPoisson",
        "HeteroSecureBoost"
      })
  void aColumnThatTheModelKnows_andTheTableLacks_isNamed(String module) {
    ComponentJob job = ComponentJobs.of(module);
    Result learned = job.harness().run().succeeded();
    assertThat(
            job.applying(learned)
                .tables((party, table) -> renamedColumn(table))
                .harness()
                .run()
                .rootFailure())
        .is(Failures.code("columns.missing"))
        .hasMessageContaining("[x1]")
        .hasMessageContaining("other");
  }

  /** The same rows under ids that no other party has. */
  private static Table renamedRows(Party party, Table table) {
    String[] ids = Arrays.stream(table.ids()).map(id -> party + id).toArray(String[]::new);
    return new Table(table.schema(), ids, table.columns());
  }

  /** Another value in the first row of x0. */
  private static Table with(Table table, double value) {
    int at = table.schema().indexOf("x0");
    double[] values = table.numbers("x0").clone();
    values[0] = value;
    List<Column> columns = new ArrayList<>(table.columns());
    columns.set(at, new Column.Numbers(values));
    return table.withColumns(table.schema().columns(), columns);
  }

  /** Column x1 under another name. */
  private static Table renamedColumn(Table table) {
    List<ColumnSpec> specs = new ArrayList<>(table.schema().columns());
    int at = table.schema().indexOf("x1");
    specs.set(at, ColumnSpec.feature("other", specs.get(at).anonymousName()));
    return table.withColumns(specs, table.columns());
  }
}
