package io.fedflow.components.binning;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.Confidential;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The bins of columns whose every value is one, over the rows of all parties: each tells the
 * arbiter its different values, which joins them. Stateless.
 */
final class CommonCategories {

  static final MessageTag VALUES = MessageTag.of("homo_binning_categories");
  static final MessageTag COMMON = MessageTag.of("homo_binning_common_categories");

  private CommonCategories() {}

  /**
   * A guest's or host's part.
   *
   * @param columns at least one, the same at all parties
   * @return the bins of each, the same at all parties
   * @throws FedflowException {@code binning.categories} (INVALID) for too many values, {@code
   *     binning.empty} (INVALID) if a column has none at any party
   */
  static Map<String, Bins> agree(TaskContext context, Table table, List<String> columns)
      throws InterruptedException {
    List<double[]> own = new ArrayList<>();
    for (String column : columns) {
      double[] values =
          Arrays.stream(table.numbers(column))
              .filter(v -> !Double.isNaN(v))
              .map(v -> v + 0.0)
              .sorted()
              .distinct()
              .toArray();
      if (values.length > CategoryValues.MOST) {
        throw ColumnException.of("binning.categories", column, tooMany(values.length));
      }
      own.add(values);
    }
    Party arbiter = context.federation().parties(Role.ARBITER).get(0);
    context.federation().send(arbiter, VALUES, CategoryValues.encode(own));
    List<double[]> common =
        CategoryValues.decode(
            arbiter, context.federation().receive(arbiter, COMMON), columns.size());
    Map<String, Bins> bins = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      double[] all = common.get(i);
      if (all.length == 0) {
        throw ColumnException.of(
            "binning.empty",
            columns.get(i),
            "found no value that is present at any party, allowed is at least one");
      }
      for (double value : own.get(i)) {
        if (Arrays.binarySearch(all, value) < 0) {
          throw FedflowException.peer(
              "binning.message",
              arbiter
                  + " left out a value of "
                  + Confidential.mark(columns.get(i), "category column " + (i + 1)));
        }
      }
      bins.put(columns.get(i), Bins.of(all));
    }
    return bins;
  }

  /**
   * The arbiter's part.
   *
   * @param columns how many
   * @throws FedflowException {@code binning.categories} (INVALID) for too many values
   */
  static void join(TaskContext context, List<Party> members, int columns)
      throws InterruptedException {
    List<TreeSet<Double>> joined = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      joined.add(new TreeSet<>());
    }
    for (Party member : members) {
      List<double[]> values =
          CategoryValues.decode(member, context.federation().receive(member, VALUES), columns);
      for (int i = 0; i < columns; i++) {
        for (double value : values.get(i)) {
          joined.get(i).add(value + 0.0);
        }
        if (joined.get(i).size() > CategoryValues.MOST) {
          throw FedflowException.invalid(
              "binning.categories",
              "category column " + (i + 1) + " of all parties: " + tooMany(joined.get(i).size()));
        }
      }
    }
    context
        .federation()
        .sendAll(
            members,
            COMMON,
            CategoryValues.encode(
                joined.stream()
                    .map(all -> all.stream().mapToDouble(Double::doubleValue).toArray())
                    .toList()));
  }

  private static String tooMany(int values) {
    return "found "
        + values
        + " different values, allowed are "
        + CategoryValues.MOST
        + "; bin it by ranks";
  }
}
