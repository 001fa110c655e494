package io.fedflow.components.intersection;

import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a party brings into a protocol: the rows' ids, or the distinct match ids where rows have
 * them. Not changed after construction.
 */
public final class IdsToMatch {

  private final Table table;
  private final boolean matchIds;
  private final String[] ids;
  private final Map<String, int[]> rows;

  private IdsToMatch(Table table, boolean matchIds, String[] ids, Map<String, int[]> rows) {
    this.table = table;
    this.matchIds = matchIds;
    this.ids = ids;
    this.rows = rows;
  }

  /** The ids of a table. */
  public static IdsToMatch of(Table table) {
    int at = table.schema().indexOf(ColumnSpec.Use.MATCH_ID);
    if (at < 0) {
      return new IdsToMatch(table, false, table.ids(), Map.of());
    }
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      rows.computeIfAbsent(table.column(at).textAt(row), id -> new ArrayList<>(1)).add(row);
    }
    Map<String, int[]> all = new LinkedHashMap<>();
    rows.forEach((id, of) -> all.put(id, of.stream().mapToInt(Integer::intValue).toArray()));
    return new IdsToMatch(table, true, all.keySet().toArray(String[]::new), all);
  }

  /** The rows that the ids came from. */
  public Table table() {
    return table;
  }

  /** Whether these are match ids. */
  boolean areMatchIds() {
    return matchIds;
  }

  /** Each once; not to be changed. */
  public String[] ids() {
    return ids;
  }

  /**
   * The rows of one id, ascending: one row, or all that have it as their match id.
   *
   * @param position of the id in {@link #ids()}
   */
  public int[] rows(int position) {
    return matchIds ? rows.get(ids[position]).clone() : new int[] {position};
  }

  /**
   * The rows of some match ids in the order of the ids as texts, which is the same at all parties.
   *
   * @param positions of ids in {@link #ids()}
   */
  List<int[]> rowsInOrder(int[] positions) {
    Map<String, int[]> ordered = new TreeMap<>();
    for (int position : positions) {
      ordered.put(ids[position], rows.get(ids[position]));
    }
    return List.copyOf(ordered.values());
  }
}
