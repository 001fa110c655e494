package io.fedflow.components.retrieval;

import io.fedflow.components.intersection.IdsToMatch;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.ColumnSpec.Type;
import io.fedflow.table.ColumnSpec.Use;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.List;

/** The guest's rows with what was retrieved for them in place of their own columns. */
final class RetrievedTable {

  /** The value of a row whose id the host does not have. */
  static final String UNRETRIEVED = "unretrieved";

  /** The name of a retrieved label. */
  private static final String LABEL = "retrieved_value";

  private RetrievedTable() {}

  /**
   * Fills a table.
   *
   * @param ids the guest's
   * @param retrieved one value a wanted column and a common id
   * @return as many rows, in the same order: the match id if there is one, then a label or features
   *     of texts
   */
  static Table of(IdsToMatch ids, RetrievalSettings settings, RetrievalGuest.Retrieved retrieved) {
    Table given = ids.table();
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    int matchId = given.schema().indexOf(Use.MATCH_ID);
    if (matchId >= 0) {
      specs.add(given.schema().columns().get(matchId));
      columns.add(given.column(matchId));
    }
    for (int column = 0; column < settings.columns(); column++) {
      specs.add(
          settings.wantsLabel()
              ? new ColumnSpec(LABEL, Type.TEXT, Use.LABEL, "")
              : new ColumnSpec(settings.targets().get(column), Type.TEXT, Use.FEATURE, ""));
      columns.add(filled(ids, retrieved, column));
    }
    return given.withColumns(specs, columns);
  }

  private static Column filled(IdsToMatch ids, RetrievalGuest.Retrieved retrieved, int column) {
    String[] texts = new String[ids.table().rowCount()];
    for (int id = 0; id < ids.ids().length; id++) {
      String value = retrieved.value(column, id).orElse(UNRETRIEVED);
      for (int row : ids.rows(id)) {
        texts[row] = value;
      }
    }
    return new Column.Texts(texts);
  }
}
