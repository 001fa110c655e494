package io.fedflow.components.stability;

import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stability of one party's columns, and its stored form: FATE 1.11's {@code PSIMeta} and {@code
 * PsiSummary}. Immutable.
 *
 * @param columns in header order
 */
record StabilityModel(List<ColumnStability> columns) {

  static final String MODULE = "PSI";

  private static final MessageSchema META =
      MessageSchema.builder("PSIMeta").one("max_bin_num", 1, Type.INT32).build();

  private static final MessageSchema COLUMN =
      MessageSchema.builder("FeaturePsi")
          .one("feature_name", 1, Type.STRING)
          .repeated("psi", 2, Type.DOUBLE)
          .repeated("interval", 3, Type.STRING)
          .repeated("expect_perc", 4, Type.DOUBLE)
          .repeated("actual_perc", 5, Type.DOUBLE)
          .build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("PsiSummary")
          .map("total_score", 1, Type.DOUBLE)
          .repeated("feature_psi", 2, COLUMN)
          .one("model_name", 3, Type.STRING)
          .build();

  StabilityModel {
    columns = List.copyOf(columns);
  }

  /** Column to index, in header order. */
  Map<String, Double> scores() {
    Map<String, Double> scores = new LinkedHashMap<>();
    columns.forEach(each -> scores.put(each.column(), each.total()));
    return scores;
  }

  /** The stored form. */
  ComponentModel toStored(String component, int bins) {
    List<ModelMessage> features =
        columns.stream()
            .map(
                each ->
                    new ModelMessage(
                        COLUMN,
                        Map.of(
                            "feature_name", each.column(),
                            "psi", each.psi(),
                            "interval", each.intervals(),
                            "expect_perc", each.expected(),
                            "actual_perc", each.actual())))
            .toList();
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put("PSIMeta", new ModelMessage(META, Map.of("max_bin_num", bins)));
    messages.put(
        "PSIParam",
        new ModelMessage(
            PARAM,
            Map.of("total_score", scores(), "feature_psi", features, "model_name", "psi_model")));
    return new ComponentModel(component, MODULE, "model", messages);
  }
}
