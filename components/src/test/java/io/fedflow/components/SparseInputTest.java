package io.fedflow.components;

import static io.fedflow.components.testing.Pair.GUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.components.testing.Agreement;
import io.fedflow.components.testing.ComponentJob;
import io.fedflow.components.testing.ComponentJobs;
import io.fedflow.components.testing.JobVariants;
import io.fedflow.components.testing.Pair;
import io.fedflow.components.testing.Tables;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows that were uploaded as {@code index:value} or {@code tag:value} cells, and handed on sparse,
 * give the same outputs and models as the same rows with a cell in every column.
 */
class SparseInputTest {

  /** What takes no features, and why. */
  private static final Map<String, String> WITHOUT_FEATURES =
      Map.of(
          "ColumnExpand", "appends cells to rows as they were uploaded",
          "DataIO", "makes the rows: see the last test",
          "DataTransform", "makes the rows: see the last test",
          "Evaluation", "reads predictions",
          "Reader", "hands on what was stored",
          "Scorecard", "reads predictions",
          "SecureAddExample", "reads nothing",
          "Union", "puts rows together as they were uploaded");

  private static final ComponentCatalog CATALOG =
      new ComponentCatalog(new StandardComponents().components());

  static Stream<String> withFeatures() {
    return Stream.concat(ComponentJobs.modules().stream(), JobVariants.names().stream())
        .filter(name -> !WITHOUT_FEATURES.containsKey(name));
  }

  @ParameterizedTest
  @MethodSource("withFeatures")
  void indexedRows_giveWhatDenseRowsGive(String name) {
    ComponentJob job = JobVariants.of(name);
    assertSame(
        job.tables((party, table) -> dense(party, thinned(table))),
        job.tables((party, table) -> indexed(party, thinned(table))));
  }

  @Test
  void everyModuleTakesFeaturesOrSaysWhyNot() {
    assertThat(ComponentJobs.modules()).containsAll(WITHOUT_FEATURES.keySet());
  }

  /** Both forms give the same table, whose zeros are as many as were left out. */
  @ParameterizedTest
  @MethodSource("transforms")
  void transformsGiveTheSameRows(String module) {
    Table rows = thinned(ComponentJobs.guest());
    Table dense = transformed(module, GUEST, cells(rows), Map.of("label_name", "label"));
    Table indexed = transformed(module, GUEST, lines(rows, ""), sparse("sparse"));
    Table tagged = transformed(module, GUEST, lines(rows, "x"), sparse("tag"));
    long zeros =
        Stream.of(dense.features()).flatMapToDouble(Arrays::stream).filter(v -> v == 0).count();
    assertThat(zeros).isGreaterThan(rows.rowCount());
    for (Table other : List.of(indexed, tagged)) {
      assertThat(other.schema().anonymousHeader()).isEqualTo(dense.schema().anonymousHeader());
      Agreement.assertSame(dense, other, 0, Set.of());
    }
  }

  static Stream<String> transforms() {
    return Stream.of("DataTransform", "DataIO");
  }

  private static void assertSame(ComponentJob one, ComponentJob other) {
    Result dense = one.harness().seed(11).run().succeeded();
    Result sparse = other.harness().seed(11).run().succeeded();
    assertThat(sparse.outputs().keySet()).isEqualTo(dense.outputs().keySet());
    dense
        .outputs()
        .forEach(
            (party, outputs) -> {
              List<Table> tables = sparse.of(party).data();
              assertThat(tables).hasSameSizeAs(outputs.data());
              for (int i = 0; i < tables.size(); i++) {
                Agreement.assertSame(outputs.data().get(i), tables.get(i), 0, Set.of());
              }
              assertThat(sparse.of(party).model().isPresent())
                  .isEqualTo(outputs.model().isPresent());
              outputs
                  .model()
                  .ifPresent(m -> Pair.assertSameBytes(m, sparse.of(party).model().orElseThrow()));
              assertThat(sparse.trackers().get(party).summary())
                  .isEqualTo(dense.trackers().get(party).summary());
            });
  }

  /** Instances in which about every other value is 0; other tables as they are. */
  private static Table thinned(Table table) {
    if (table.schema().kind() != TableKind.INSTANCE) {
      return table;
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      double[] values = ((Column.Numbers) table.column(i)).values().clone();
      if (table.schema().columns().get(i).use() == ColumnSpec.Use.FEATURE) {
        for (int row = 0; row < values.length; row++) {
          values[row] = (row * 7 + i * 3) % 5 < 2 ? 0 : values[row];
        }
      }
      columns.add(new Column.Numbers(values));
    }
    return table.withColumns(table.schema().columns(), columns);
  }

  private static Table dense(Party party, Table rows) {
    return rows.schema().kind() == TableKind.INSTANCE
        ? transformed("DataTransform", party, cells(rows), labelled(rows, Map.of()))
        : rows;
  }

  private static Table indexed(Party party, Table rows) {
    Map<String, Object> params = new LinkedHashMap<>(sparse("sparse"));
    params.remove("with_label");
    return rows.schema().kind() == TableKind.INSTANCE
        ? transformed("DataTransform", party, lines(rows, ""), labelled(rows, params))
        : rows;
  }

  private static Map<String, Object> labelled(Table rows, Map<String, Object> params) {
    Map<String, Object> all = new LinkedHashMap<>(params);
    all.put("with_label", rows.label() != null);
    all.put("label_name", "label");
    return all;
  }

  private static Map<String, Object> sparse(String form) {
    return Map.of(
        "input_format",
        form,
        "tag_with_value",
        form.equals("tag"),
        "delimitor",
        " ",
        "output_format",
        "sparse",
        "with_label",
        true);
  }

  private static Table transformed(
      String module, Party party, Table raw, Map<String, Object> params) {
    Component transform = CATALOG.find(module).orElseThrow();
    Map<String, Object> all = new LinkedHashMap<>(Map.of("with_label", true));
    all.putAll(params);
    return new ComponentHarness(transform, new Parties(Map.of(party.role(), List.of(party.id()))))
        .params(all)
        .inputs(party, Tables.asData(raw))
        .run()
        .succeeded()
        .of(party)
        .data()
        .get(0);
  }

  /** A cell for every value, as an upload keeps them. */
  private static Table cells(Table rows) {
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      ColumnSpec spec = rows.schema().columns().get(i);
      specs.add(ColumnSpec.text(spec.use() == ColumnSpec.Use.LABEL ? "label" : spec.name()));
      Column column = rows.column(i);
      String[] cells = new String[rows.rowCount()];
      Arrays.setAll(cells, column::textAt);
      columns.add(new Column.Texts(cells));
    }
    return new Table(
        new TableSchema(TableKind.RAW, rows.schema().idName(), specs, ","), rows.ids(), columns);
  }

  /** A line for each row that leaves out what is 0, the last column of the first row excepted. */
  private static Table lines(Table rows, String prefix) {
    double[][] features = rows.features();
    String[] lines = new String[rows.rowCount()];
    for (int row = 0; row < lines.length; row++) {
      StringBuilder line = new StringBuilder();
      if (rows.label() != null) {
        line.append((int) rows.label()[row]);
      }
      for (int i = 0; i < features.length; i++) {
        // How many columns there are must show somewhere.
        if (features[i][row] != 0 || row == 0) {
          line.append(' ').append(prefix).append(i).append(':').append(features[i][row]);
        }
      }
      lines[row] = line.toString().strip();
    }
    return new Table(
        new TableSchema(TableKind.RAW, "", List.of(ColumnSpec.text("")), " "),
        rows.ids(),
        List.of(new Column.Texts(lines)));
  }
}
