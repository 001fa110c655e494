package io.fedflow.components.lr;

import static io.fedflow.components.lr.LrFixture.GUEST;
import static io.fedflow.components.lr.LrFixture.HOST;
import static io.fedflow.components.lr.LrFixture.THREE;
import static io.fedflow.components.lr.LrFixture.param;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.component.Component;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.testing.BreastData;
import io.fedflow.components.testing.Tables;
import io.fedflow.party.Party;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** The example data with labels that are values, rows in the order that parties agree on. */
final class ValueFixture {

  private ValueFixture() {}

  static Table host() {
    return BreastData.host(HOST).sortedById();
  }

  /** The guest's rows with other labels. */
  static Table guest(IntToDoubleFunction label) {
    Table guest = BreastData.guest(GUEST).sortedById();
    double[] labels = new double[guest.rowCount()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = label.applyAsDouble(row);
    }
    return BreastData.withColumn(guest, guest.schema().indexOf(ColumnSpec.Use.LABEL), labels);
  }

  /** The same with a further column of numbers. */
  static Table with(Table table, String name, ColumnSpec.Use use, double[] values) {
    List<ColumnSpec> specs = new ArrayList<>(table.schema().columns());
    List<Column> columns = new ArrayList<>(table.columns());
    specs.add(new ColumnSpec(name, ColumnSpec.Type.NUMBER, use, ""));
    columns.add(new Column.Numbers(values));
    return table.withColumns(specs, columns);
  }

  /** Guest columns, then host columns. */
  static double[][] joined(Table guest, Table host) {
    double[][] all = new double[guest.features().length + host.features().length][];
    System.arraycopy(guest.features(), 0, all, 0, guest.features().length);
    System.arraycopy(host.features(), 0, all, guest.features().length, host.features().length);
    return all;
  }

  static ComponentHarness harness(
      Component component, Table guest, Table host, Map<String, ?> params) {
    return new ComponentHarness(component, THREE)
        .params(params)
        .inputs(GUEST, Tables.as("train_data", guest))
        .inputs(HOST, Tables.as("train_data", host));
  }

  static TaskInputs predict(Table table, Result trained, Party party) {
    return new TaskInputs(
        Map.of("test_data", List.of(new DataInput("a_0.test", table))),
        trained.of(party).model(),
        List.of());
  }

  static void assertSame(Result result, CentralValues central, int guestColumns, double off) {
    for (int i = 0; i < central.weights.length; i++) {
      Party party = i < guestColumns ? GUEST : HOST;
      String name = "x" + (i < guestColumns ? i : i - guestColumns);
      assertThat(param(result, party).<Double>map("weight").get(name))
          .as("%s %s", party, name)
          .isCloseTo(central.weights[i], within(off));
    }
    assertThat(param(result, GUEST).number("intercept")).isCloseTo(central.intercept, within(off));
    double[] losses = LrFixture.losses(result);
    assertThat(losses).hasSize(central.losses.size());
    for (int t = 0; t < losses.length; t++) {
      assertThat(losses[t]).as("loss %d", t).isCloseTo(central.losses.get(t), within(off));
    }
  }
}
