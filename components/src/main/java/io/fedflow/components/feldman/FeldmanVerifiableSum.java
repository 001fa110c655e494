package io.fedflow.components.feldman;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.alignment.RowAgreement;
import io.fedflow.components.columns.ColumnChoice;
import io.fedflow.components.columns.FeatureColumns;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds chosen columns of guest and hosts, row by row, so that every party can check the others and
 * only the guest learns the sums. Compatible in what it computes with FATE 1.11's module of the
 * same name; the commitments are Pedersen's. See the package for what each party learns. Stateless;
 * thread-safe.
 */
public final class FeldmanVerifiableSum implements Component {

  private static final String MODULE = "FeldmanVerifiableSum";
  private static final int MOST_VALUES = 1_000_000;

  private static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "sum_cols",
              null,
              "positions of the columns to add, as many at every party; null or -1 for all",
              ParameterType.LIST,
              ParameterType.INT,
              ParameterType.NULL)
          .integer("q_n", 6, 0, 16, "decimals that values are rounded to")
          .build();

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST),
          SCHEMA,
          FeldmanMessages.ALL,
          Map.of(Role.GUEST, "FeldmanVerifiableSumGuest", Role.HOST, "FeldmanVerifiableSumHost"),
          ComponentDescriptor.ParameterCheck.NONE);

  private final CryptoSuite suite;

  /** The component, computing with a suite. */
  public FeldmanVerifiableSum(CryptoSuite suite) {
    this.suite = suite;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws InterruptedException {
    Table given = ActionPlan.ofOneTable(context.inputs(), MODULE).table();
    Table table = RowAgreement.align(context, FeatureColumns.requireInstances(given, MODULE), 0);
    Object chosen = context.params().get("sum_cols");
    List<String> columns =
        ColumnChoice.choose(
            table.schema().header(), chosen == null ? -1 : chosen, null, "sum_cols", "sum_cols");
    if (columns.isEmpty() || (long) columns.size() * table.rowCount() > MOST_VALUES) {
      throw FedflowException.invalid(
          "feldman.size",
          "sum_cols: found "
              + columns.size()
              + " columns of "
              + table.rowCount()
              + " rows, allowed are 1.."
              + MOST_VALUES
              + " values");
    }
    FixedDecimals decimals = new FixedDecimals(context.params().integer("q_n"));
    context.log().info("arithmetic kernel: " + suite.kernelReport());
    double[][] sums = new FeldmanTask(context, table, columns, decimals, suite).run();
    if (sums == null) {
      return TaskOutputs.none();
    }
    context.log().info("added " + columns.size() + " columns of " + table.rowCount() + " rows");
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ColumnSpec spec = table.schema().columns().get(table.schema().indexOf(columns.get(i)));
      specs.add(ColumnSpec.feature(spec.name(), spec.anonymousName()));
      values.add(new Column.Numbers(sums[i]));
    }
    return TaskOutputs.of(table.withColumns(specs, values));
  }
}
