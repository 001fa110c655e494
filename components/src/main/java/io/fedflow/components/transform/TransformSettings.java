package io.fedflow.components.transform;

import io.fedflow.component.Params;
import io.fedflow.failure.FedflowException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How raw rows are to be read. Immutable; made from a conf, or from a stored model.
 *
 * @param layout the form of the rows
 * @param delimiter the separator that the conf expects
 * @param dataType type of the features
 * @param exclusiveTypes types of single features
 * @param label the label column; empty if the rows have none
 * @param matchId the column that parties match on; empty if that is the row's id
 * @param missing replaces missing values
 * @param outlier replaces outliers, after {@code missing}
 */
record TransformSettings(
    RowLayout layout,
    String delimiter,
    ValueType dataType,
    Map<String, ValueType> exclusiveTypes,
    Optional<Label> label,
    Optional<MatchId> matchId,
    FillRule missing,
    FillRule outlier) {

  private static final Set<String> DEFAULT_NAN_TEXTS = Set.of("", "NULL", "null", "NA");

  TransformSettings {
    exclusiveTypes = Collections.unmodifiableMap(new LinkedHashMap<>(exclusiveTypes));
  }

  /**
   * The column to be predicted.
   *
   * @param name lower-case; compared with lower-cased column names
   * @param type how its values are read
   */
  record Label(String name, ValueType type) {}

  /**
   * The column that parties match on; rows without a header have it first.
   *
   * @param name its name; empty to go by the position
   * @param index its position among the columns after the row's id, from 0
   */
  record MatchId(String name, int index) {

    /** The first column: what models and older tables mean. */
    static final MatchId FIRST = new MatchId("", 0);

    /**
     * Finds it.
     *
     * @throws FedflowException {@code transform.match_id} (INVALID) if it is not there
     */
    String among(List<String> columns) {
      if (!name.isEmpty() && columns.contains(name)) {
        return name;
      }
      if (name.isEmpty() && index < columns.size()) {
        return columns.get(index);
      }
      throw FedflowException.invalid(
          "transform.match_id",
          (name.isEmpty()
                  ? "match_id_index: found " + index
                  : "match_id_name: found '" + name + "'")
              + ", allowed is one of the columns "
              + columns);
    }
  }

  /** Where a checked conf of DataTransform says that rows are matched; DataIO knows none. */
  static Optional<MatchId> matchId(Params params) {
    return params.toTree().containsKey("with_match_id") && params.bool("with_match_id")
        ? Optional.of(
            new MatchId(params.text("match_id_name").strip(), params.integer("match_id_index")))
        : Optional.empty();
  }

  /** Reads a checked conf. */
  static TransformSettings of(Params params) {
    RowLayout layout = RowLayout.of(params);
    Map<String, ValueType> exclusive = new LinkedHashMap<>();
    if (!params.isNull("exclusive_data_type")) {
      params
          .map("exclusive_data_type")
          .forEach((column, type) -> exclusive.put(column, ValueType.of(String.valueOf(type))));
    }
    return new TransformSettings(
        layout,
        params.text("delimitor"),
        ValueType.of(params.text("data_type")),
        exclusive,
        params.bool("with_label")
            ? Optional.of(
                new Label(
                    layout.form() == RowLayout.Form.DENSE
                        ? params.text("label_name").strip().toLowerCase(Locale.ROOT)
                        : FrontCells.LABEL,
                    ValueType.of(params.text("label_type"))))
            : Optional.empty(),
        matchId(params),
        rule(
            params,
            "missing_fill",
            "missing_fill_method",
            "missing_impute",
            "default_value",
            layout.fillsMissing()),
        rule(
            params,
            "outlier_replace",
            "outlier_replace_method",
            "outlier_impute",
            "outlier_replace_value",
            layout.replacesOutliers()));
  }

  /** The same with another match id. */
  TransformSettings matchedBy(Optional<MatchId> place) {
    return new TransformSettings(
        layout, delimiter, dataType, exclusiveTypes, label, place, missing, outlier);
  }

  /** The type of one feature. */
  ValueType typeOfFeature(String feature) {
    return exclusiveTypes.getOrDefault(feature, dataType);
  }

  /** The texts that are missing values in a numeric column, once all replacements are done. */
  Set<String> nanTexts() {
    return missing.listed().isEmpty() ? DEFAULT_NAN_TEXTS : Set.copyOf(missing.listed());
  }

  private static FillRule rule(
      Params params,
      String enabled,
      String method,
      String texts,
      String designated,
      boolean possible) {
    Optional<FillMethod> chosen = Optional.ofNullable(params.text(method)).map(FillMethod::of);
    return new FillRule(
        enabled,
        possible && params.bool(enabled),
        chosen,
        params.isNull(texts) ? List.of() : params.texts(texts),
        chosen.equals(Optional.of(FillMethod.DESIGNATED))
            ? designated(params.get(designated))
            : List.of());
  }

  private static List<String> designated(Object value) {
    if (value instanceof List<?> list) {
      List<String> texts = new ArrayList<>();
      list.forEach(element -> texts.add(String.valueOf(element)));
      return texts;
    }
    return List.of(String.valueOf(value));
  }
}
