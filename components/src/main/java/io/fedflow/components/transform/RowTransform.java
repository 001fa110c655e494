package io.fedflow.components.transform;

import io.fedflow.component.TaskContext;
import io.fedflow.components.task.Parallel;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.AnonymousNames;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes instances of raw rows, whatever their form: label, match id and features in the order of
 * their header. Missing values are replaced first, then outliers, then cells are read as numbers.
 * Source: FATE 1.11, federatedml/util/data_transform.py.
 */
final class RowTransform {

  private RowTransform() {}

  /**
   * Instances, and what was learned or counted on the way.
   *
   * @param table label first if there is one, then the match id if there is one, then the features
   * @param fitted replacements as learned or as stored; ratios of the rows at hand
   */
  record Outcome(Table table, FittedTransform fitted) {}

  /**
   * Learns from rows and reads them.
   *
   * @throws FedflowException {@code transform.input}, {@code transform.label}, {@code
   *     transform.match_id}, {@code transform.cell}, {@code transform.wide} or {@code
   *     transform.fill} (INVALID)
   */
  static Outcome fit(TaskContext context, Table raw, TransformSettings settings)
      throws InterruptedException {
    RawColumns columns = RawColumns.of(raw, settings, null);
    if (columns.label().isEmpty() && settings.label().isPresent()) {
      throw FedflowException.invalid(
          "transform.label",
          "label column '"
              + settings.label().get().name()
              + "' is missing; found the columns "
              + columns.names()
              + "; set label_name, or with_label to false");
    }
    List<String> header = columns.names();
    FittedTransform start =
        new FittedTransform(
            settings,
            header,
            anonymousNames(context, raw, header),
            raw.schema().idName(),
            columns.label().map(RawColumns.Beside::name).orElse(""),
            Filling.NONE,
            Filling.NONE);
    return read(context, raw, columns, start, true);
  }

  /**
   * Reads rows as earlier rows were read: columns in the stored order, further columns dropped. A
   * label may be missing, since rows to predict often have none yet.
   *
   * @throws FedflowException as {@link #fit}; {@code transform.columns} (INVALID) if a feature is
   *     missing
   */
  static Outcome apply(TaskContext context, Table raw, FittedTransform fitted)
      throws InterruptedException {
    RawColumns columns = RawColumns.of(raw, fitted.settings(), fitted.header());
    List<String> absent =
        fitted.header().stream().filter(name -> columns.cells(name) == null).toList();
    if (!absent.isEmpty()) {
      throw ColumnException.of(
              "transform.columns",
              absent,
              "features "
                  + absent
                  + " of the model are missing; found the columns "
                  + columns.names())
          .calling(name -> elsewhere(context, fitted, name));
    }
    return read(context, raw, columns, fitted, false);
  }

  /** Columns that were appended to the rows have names already; others are counted. */
  private static List<String> anonymousNames(TaskContext context, Table raw, List<String> header) {
    List<String> counted = AnonymousNames.header(context.self(), header.size());
    Map<String, String> given = new HashMap<>();
    raw.schema().columns().forEach(c -> given.put(c.name().strip(), c.anonymousName()));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String name = given.getOrDefault(header.get(i), "");
      names.add(name.isEmpty() ? counted.get(i) : name);
    }
    return names;
  }

  /** What other parties call a feature or the label once the rows are instances. */
  private static String elsewhere(TaskContext context, FittedTransform fitted, String column) {
    int at = fitted.header().indexOf(column);
    if (at >= 0) {
      return fitted.anonymousHeader().get(at);
    }
    return column.equals(fitted.labelName()) ? AnonymousNames.label(context.self()) : "";
  }

  private static Outcome read(
      TaskContext context, Table raw, RawColumns columns, FittedTransform fitted, boolean learn)
      throws InterruptedException {
    try {
      return instances(context, raw, columns, fitted, learn);
    } catch (ColumnException refused) {
      // Raw rows have no such names yet; these are those that they would have got.
      throw refused.calling(column -> elsewhere(context, fitted, column));
    }
  }

  private static Outcome instances(
      TaskContext context, Table raw, RawColumns columns, FittedTransform fitted, boolean learn)
      throws InterruptedException {
    List<String> header = fitted.header();
    List<FeatureReader.Read> features =
        Parallel.map(
            context,
            header.size(),
            index ->
                FeatureReader.read(
                    fitted,
                    new Filler.Feature(header.get(index), index, header.size()),
                    columns.cells(header.get(index)),
                    learn));
    List<ColumnSpec> specs = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    if (columns.label().isPresent()) {
      RawColumns.Beside label = columns.label().get();
      ValueType type = fitted.settings().label().orElseThrow().type();
      specs.add(
          new ColumnSpec(
              label.name(),
              type.column(),
              ColumnSpec.Use.LABEL,
              AnonymousNames.label(context.self())));
      values.add(labels(label.name(), type, label.cells()));
    }
    if (columns.matchId().isPresent()) {
      RawColumns.Beside matchId = columns.matchId().get();
      specs.add(new ColumnSpec(matchId.name(), ColumnSpec.Type.TEXT, ColumnSpec.Use.MATCH_ID, ""));
      values.add(new Column.Texts(matchIds(matchId)));
    }
    for (int i = 0; i < header.size(); i++) {
      specs.add(
          new ColumnSpec(
              header.get(i),
              fitted.settings().typeOfFeature(header.get(i)).column(),
              ColumnSpec.Use.FEATURE,
              fitted.anonymousHeader().get(i)));
      values.add(features.get(i).column());
    }
    Table table =
        new Table(
            new TableSchema(TableKind.INSTANCE, raw.schema().idName(), specs, ","),
            raw.ids(),
            values);
    return new Outcome(table, withFillings(fitted, features));
  }

  private static FittedTransform withFillings(
      FittedTransform fitted, List<FeatureReader.Read> features) {
    return new FittedTransform(
        fitted.settings(),
        fitted.header(),
        fitted.anonymousHeader(),
        fitted.idName(),
        fitted.labelName(),
        filling(fitted.header(), features.stream().map(FeatureReader.Read::missing).toList()),
        filling(fitted.header(), features.stream().map(FeatureReader.Read::outlier).toList()));
  }

  private static Filling filling(List<String> header, List<Filler.Filled> filled) {
    Map<String, String> replacements = new LinkedHashMap<>();
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      if (filled.get(i).replacement() != null) {
        replacements.put(header.get(i), filled.get(i).replacement());
        ratios.put(header.get(i), filled.get(i).ratio());
      }
    }
    return new Filling(replacements, ratios);
  }

  private static String[] matchIds(RawColumns.Beside matchId) {
    String[] cells = matchId.cells();
    for (int row = 0; row < cells.length; row++) {
      if (cells[row].isBlank()) {
        throw ColumnException.of(
            "transform.match_id",
            List.of(matchId.name()),
            "match id column "
                + matchId.name()
                + ", row "
                + (row + 1)
                + ": found none, every row needs one");
      }
    }
    return cells;
  }

  private static Column labels(String name, ValueType type, String[] cells) {
    if (type.column() == ColumnSpec.Type.TEXT) {
      return new Column.Texts(cells);
    }
    boolean integers = type.column() == ColumnSpec.Type.INTEGER;
    double[] values = Cells.numbers(name, cells, Set.of(), integers);
    for (int row = 0; row < values.length; row++) {
      if (Double.isNaN(values[row])) {
        throw ColumnException.of(
            "transform.label",
            List.of(name),
            "label column "
                + name
                + ", row "
                + (row + 1)
                + ": the label is missing; every row needs one");
      }
    }
    return new Column.Numbers(values);
  }
}
