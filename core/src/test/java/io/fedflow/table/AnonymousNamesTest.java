package io.fedflow.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.ColumnException;
import io.fedflow.party.Party;
import io.fedflow.table.ColumnSpec.Type;
import io.fedflow.table.ColumnSpec.Use;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnonymousNamesTest {

  private static final Party HOST = Party.of("host", "10000");
  private static final List<ColumnSpec> COLUMNS =
      List.of(
          new ColumnSpec("churn", Type.INTEGER, Use.LABEL, ""),
          new ColumnSpec("passport", Type.TEXT, Use.MATCH_ID, ""),
          new ColumnSpec("trust", Type.NUMBER, Use.WEIGHT, ""),
          ColumnSpec.feature("salary", "host_10000_x7"),
          ColumnSpec.feature("age", ""));

  @Test
  void instances_areToldByAnonymousNamesAndUses() {
    TableSchema instances = new TableSchema(TableKind.INSTANCE, "id", COLUMNS, ",");
    assertThat(elsewhere(instances))
        .containsExactly(
            "host_10000_y", "of match ids", "of sample weights", "host_10000_x7", "host_10000_x1");
    assertThat(AnonymousNames.elsewhere(instances, HOST, "other")).isEmpty();
  }

  @Test
  void rowsWithoutAnonymousNames_areToldByPosition() {
    TableSchema raw =
        new TableSchema(
            TableKind.RAW, "id", List.of(ColumnSpec.text("salary"), ColumnSpec.text("age")), ",");
    assertThat(elsewhere(raw)).containsExactly("number 1 of its table", "number 2 of its table");
  }

  @Test
  void aRefusedColumn_isToldByTheFirstTableThatHasIt() {
    TableSchema first = new TableSchema(TableKind.INSTANCE, "id", COLUMNS.subList(0, 4), ",");
    TableSchema second = new TableSchema(TableKind.RAW, "id", COLUMNS.subList(3, 5), ",");
    ColumnException refused =
        ColumnException.of("a.b", List.of("salary", "age", "height"), "found none");
    assertThat(AnonymousNames.told(refused, HOST, List.of(first, second)).told())
        .isEqualTo("columns host_10000_x7, number 2 of its table and 1 more");
    assertThat(AnonymousNames.told(refused, HOST, List.of()).told()).isEmpty();
  }

  private static List<String> elsewhere(TableSchema schema) {
    return schema.columns().stream()
        .map(column -> AnonymousNames.elsewhere(schema, HOST, column.name()))
        .toList();
  }
}
