package io.fedflow.components.transform;

import io.fedflow.component.Params;
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
 * @param delimiter the separator that the conf expects
 * @param dataType type of the features
 * @param exclusiveTypes types of single features
 * @param label the label column; empty if the rows have none
 * @param missing replaces missing values
 * @param outlier replaces outliers, after {@code missing}
 */
record TransformSettings(
    String delimiter,
    ValueType dataType,
    Map<String, ValueType> exclusiveTypes,
    Optional<Label> label,
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

  /** Reads a checked conf. */
  static TransformSettings of(Params params) {
    Map<String, ValueType> exclusive = new LinkedHashMap<>();
    if (!params.isNull("exclusive_data_type")) {
      params
          .map("exclusive_data_type")
          .forEach((column, type) -> exclusive.put(column, ValueType.of(String.valueOf(type))));
    }
    return new TransformSettings(
        params.text("delimitor"),
        ValueType.of(params.text("data_type")),
        exclusive,
        params.bool("with_label")
            ? Optional.of(
                new Label(
                    params.text("label_name").strip().toLowerCase(Locale.ROOT),
                    ValueType.of(params.text("label_type"))))
            : Optional.empty(),
        rule(params, "missing_fill", "missing_fill_method", "missing_impute", "default_value"),
        rule(
            params,
            "outlier_replace",
            "outlier_replace_method",
            "outlier_impute",
            "outlier_replace_value"));
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
      Params params, String enabled, String method, String texts, String designated) {
    Optional<FillMethod> chosen = Optional.ofNullable(params.text(method)).map(FillMethod::of);
    return new FillRule(
        enabled,
        params.bool(enabled),
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
