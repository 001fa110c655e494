package io.fedflow.components.transform;

import io.fedflow.components.transform.TransformSettings.Label;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.table.AnonymousNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The stored form of a {@link FittedTransform}. DataTransform and DataIO share all field numbers
 * but differ in names; DataTransform has two fields more. Source: FATE 1.11, data-transform-*.proto
 * and data-io-*.proto.
 */
final class TransformMessages {

  private final String module;
  private final boolean anonymousHeader;
  private final MessageSchema imputerMeta;
  private final MessageSchema outlierMeta;
  private final MessageSchema meta;
  private final MessageSchema imputerParam;
  private final MessageSchema outlierParam;
  private final MessageSchema param;

  private TransformMessages(String module, String innerPrefix, boolean anonymousHeader) {
    this.module = module;
    this.anonymousHeader = anonymousHeader;
    imputerMeta = ruleMeta(innerPrefix + "ImputerMeta", "is_imputer", "missing_value");
    outlierMeta = ruleMeta(innerPrefix + "OutlierMeta", "is_outlier", "outlier_value");
    meta = meta();
    imputerParam = fillings(innerPrefix + "ImputerParam", "missing");
    outlierParam = fillings(innerPrefix + "OutlierParam", "outlier");
    param = param();
  }

  /** Messages named {@code DataTransform…}. */
  static TransformMessages dataTransform() {
    return new TransformMessages("DataTransform", "DataTransform", true);
  }

  /** Messages named {@code DataIO…}. */
  static TransformMessages dataIo() {
    return new TransformMessages("DataIO", "", false);
  }

  /** Stores. */
  ComponentModel store(String component, FittedTransform fitted) {
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(meta.name(), metaOf(fitted.settings()));
    messages.put(param.name(), paramOf(fitted));
    return new ComponentModel(component, module, "model", messages);
  }

  /**
   * Loads.
   *
   * @param self whose anonymous names stand in where the model holds none
   * @throws FedflowException {@code model.incomplete} (INVALID) if a message or the header is
   *     missing, or a type or method is unknown
   */
  FittedTransform load(ComponentModel model, Party self) {
    ModelMessage stored = model.param();
    List<String> header = stored.list("header");
    List<String> anonymous =
        anonymousHeader && !stored.list("anonymous_header").isEmpty()
            ? stored.list("anonymous_header")
            : AnonymousNames.header(self, header.size());
    if (header.isEmpty() || anonymous.size() != header.size()) {
      throw incomplete(
          model,
          "found " + header.size() + " features and " + anonymous.size() + " anonymous names");
    }
    try {
      return new FittedTransform(
          settings(model.meta()),
          header,
          anonymous,
          stored.text("sid_name"),
          stored.text("label_name"),
          filling(stored.message("imputer_param"), "missing"),
          filling(stored.message("outlier_param"), "outlier"));
    } catch (IllegalArgumentException unknown) {
      throw incomplete(model, "unknown " + unknown.getMessage());
    }
  }

  private ModelMessage metaOf(TransformSettings settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("input_format", settings.layout().form().spoken());
    values.put("delimitor", settings.delimiter());
    values.put("tag_with_value", settings.layout().tagsWithValues());
    values.put("tag_value_delimitor", settings.layout().tagDelimiter());
    values.put("data_type", settings.dataType().spoken());
    values.put("with_label", settings.label().isPresent());
    values.put("label_name", settings.label().map(Label::name).orElse(""));
    values.put("label_type", settings.label().map(label -> label.type().spoken()).orElse(""));
    values.put("output_format", settings.layout().output());
    values.put(
        "imputer_meta", ruleOf(imputerMeta, "is_imputer", "missing_value", settings.missing()));
    values.put(
        "outlier_meta", ruleOf(outlierMeta, "is_outlier", "outlier_value", settings.outlier()));
    values.put("need_run", true);
    values.put(
        "exclusive_data_type",
        settings.exclusiveTypes().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().spoken())));
    if (anonymousHeader) {
      values.put("with_match_id", settings.matchId().isPresent());
    }
    return new ModelMessage(meta, values);
  }

  private ModelMessage paramOf(FittedTransform fitted) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("header", fitted.header());
    values.put("sid_name", fitted.idName());
    values.put("label_name", fitted.labelName());
    values.put("imputer_param", fillingOf(imputerParam, "missing", fitted.missing()));
    values.put("outlier_param", fillingOf(outlierParam, "outlier", fitted.outlier()));
    if (anonymousHeader) {
      values.put("anonymous_header", fitted.anonymousHeader());
    }
    return new ModelMessage(param, values);
  }

  private TransformSettings settings(ModelMessage meta) {
    Map<String, ValueType> exclusive = new LinkedHashMap<>();
    meta.<String>map("exclusive_data_type")
        .forEach((column, type) -> exclusive.put(column, ValueType.of(type)));
    return new TransformSettings(
        RowLayout.stored(
            meta.text("input_format"),
            meta.bool("tag_with_value"),
            meta.text("tag_value_delimitor"),
            meta.text("output_format")),
        meta.text("delimitor"),
        ValueType.of(meta.text("data_type")),
        exclusive,
        meta.bool("with_label")
            ? Optional.of(new Label(meta.text("label_name"), ValueType.of(meta.text("label_type"))))
            : Optional.empty(),
        anonymousHeader && meta.bool("with_match_id")
            ? Optional.of(TransformSettings.MatchId.FIRST)
            : Optional.empty(),
        rule("missing_fill", meta.message("imputer_meta"), "is_imputer", "missing_value"),
        rule("outlier_replace", meta.message("outlier_meta"), "is_outlier", "outlier_value"));
  }

  private static FillRule rule(String name, ModelMessage stored, String enabled, String texts) {
    String strategy = stored.text("strategy");
    return new FillRule(
        name,
        stored.bool(enabled),
        strategy.isEmpty() ? Optional.empty() : Optional.of(FillMethod.of(strategy)),
        stored.list(texts),
        List.of());
  }

  private static ModelMessage ruleOf(
      MessageSchema schema, String enabled, String texts, FillRule rule) {
    return new ModelMessage(
        schema,
        Map.of(
            enabled,
            rule.enabled(),
            "strategy",
            rule.method().map(FillMethod::spoken).orElse(""),
            texts,
            rule.listed()));
  }

  private static Filling filling(ModelMessage stored, String kind) {
    return new Filling(stored.map(kind + "_replace_value"), stored.map(kind + "_value_ratio"));
  }

  private static ModelMessage fillingOf(MessageSchema schema, String kind, Filling filling) {
    return new ModelMessage(
        schema,
        Map.of(
            kind + "_replace_value", filling.replacements(),
            kind + "_value_ratio", filling.ratios()));
  }

  private MessageSchema meta() {
    MessageSchema.Builder builder =
        MessageSchema.builder(module + "Meta")
            .one("input_format", 1, Type.STRING)
            .one("delimitor", 2, Type.STRING)
            .one("data_type", 3, Type.STRING)
            .one("tag_with_value", 4, Type.BOOL)
            .one("tag_value_delimitor", 5, Type.STRING)
            .one("with_label", 6, Type.BOOL)
            .one("label_name", 7, Type.STRING)
            .one("label_type", 8, Type.STRING)
            .one("output_format", 9, Type.STRING)
            .one("imputer_meta", 10, imputerMeta)
            .one("outlier_meta", 11, outlierMeta)
            .one("need_run", 12, Type.BOOL)
            .map("exclusive_data_type", 13, Type.STRING);
    if (anonymousHeader) {
      builder.one("with_match_id", 14, Type.BOOL);
    }
    return builder.build();
  }

  private MessageSchema param() {
    MessageSchema.Builder builder =
        MessageSchema.builder(module + "Param")
            .repeated("header", 1, Type.STRING)
            .one("sid_name", 2, Type.STRING)
            .one("label_name", 3, Type.STRING)
            .one("imputer_param", 4, imputerParam)
            .one("outlier_param", 5, outlierParam);
    if (anonymousHeader) {
      builder.repeated("anonymous_header", 6, Type.STRING);
    }
    return builder.build();
  }

  private static MessageSchema ruleMeta(String name, String enabled, String texts) {
    return MessageSchema.builder(name)
        .one(enabled, 1, Type.BOOL)
        .one("strategy", 2, Type.STRING)
        .repeated(texts, 3, Type.STRING)
        .build();
  }

  private static MessageSchema fillings(String name, String kind) {
    return MessageSchema.builder(name)
        .map(kind + "_replace_value", 1, Type.STRING)
        .map(kind + "_value_ratio", 2, Type.DOUBLE)
        .build();
  }

  private static FedflowException incomplete(ComponentModel model, String why) {
    return FedflowException.invalid(
        "model.incomplete", "model of " + model.component() + " (" + model.module() + "): " + why);
  }
}
