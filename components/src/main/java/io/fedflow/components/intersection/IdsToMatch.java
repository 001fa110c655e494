package io.fedflow.components.intersection;

import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a party brings into a protocol: the rows' ids, or the distinct match ids where rows have
 * them. Not changed after construction.
 */
public final class IdsToMatch {

  private final Table table;
  private final boolean matchIds;
  private final String[] ids;
  private final int[] rows;
  private final int[] starts;

  /**
   * Ids of a table.
   *
   * @param rows with match ids, the rows of the first id, then those of the second one, and so on
   * @param starts with match ids, where the rows of each id begin, and last their end
   */
  private IdsToMatch(Table table, boolean matchIds, String[] ids, int[] rows, int[] starts) {
    this.table = table;
    this.matchIds = matchIds;
    this.ids = ids;
    this.rows = rows;
    this.starts = starts;
  }

  /** The ids of a table. */
  public static IdsToMatch of(Table table) {
    int at = table.schema().indexOf(ColumnSpec.Use.MATCH_ID);
    if (at < 0) {
      return new IdsToMatch(table, false, table.ids(), new int[0], new int[0]);
    }
    Map<String, Integer> positions = new HashMap<>();
    List<String> ids = new ArrayList<>();
    int[] of = new int[table.rowCount()];
    for (int row = 0; row < of.length; row++) {
      String id = table.column(at).textAt(row);
      Integer known = positions.putIfAbsent(id, ids.size());
      of[row] = known == null ? ids.size() : known;
      if (known == null) {
        ids.add(id);
      }
    }
    return new IdsToMatch(
        table, true, ids.toArray(String[]::new), grouped(of, ids.size()), starts(of, ids.size()));
  }

  /** Where the rows of each id begin if they stand one behind the other, and last their end. */
  private static int[] starts(int[] of, int count) {
    int[] starts = new int[count + 1];
    for (int id : of) {
      starts[id + 1]++;
    }
    for (int id = 0; id < count; id++) {
      starts[id + 1] += starts[id];
    }
    return starts;
  }

  private static int[] grouped(int[] of, int count) {
    int[] next = starts(of, count);
    int[] rows = new int[of.length];
    for (int row = 0; row < of.length; row++) {
      rows[next[of[row]]++] = row;
    }
    return rows;
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
    return matchIds
        ? Arrays.copyOfRange(rows, starts[position], starts[position + 1])
        : new int[] {position};
  }

  /**
   * The rows of all other match ids, in the order of the rows' own ids.
   *
   * @param positions of ids in {@link #ids()}
   */
  int[] rowsOfOthers(int[] positions) {
    boolean[] taken = new boolean[ids.length];
    for (int position : positions) {
      taken[position] = true;
    }
    return IntStream.range(0, ids.length)
        .filter(position -> !taken[position])
        .flatMap(position -> Arrays.stream(rows, starts[position], starts[position + 1]))
        .boxed()
        .sorted(Comparator.comparing(row -> table.ids()[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * The rows of some match ids in the order of the ids as texts, which is the same at all parties.
   *
   * @param positions of ids in {@link #ids()}
   */
  List<int[]> rowsInOrder(int[] positions) {
    return Arrays.stream(positions)
        .boxed()
        .sorted(Comparator.comparing(position -> ids[position]))
        .map(this::rows)
        .toList();
  }
}
