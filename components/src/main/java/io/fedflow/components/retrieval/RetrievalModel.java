package io.fedflow.components.retrieval;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a party knows of a retrieval that ended: FATE 1.11's {@code SecureInformationRetrievalMeta}
 * and {@code SecureInformationRetrievalParam}. Immutable.
 *
 * @param coverage share of the party's own ids that are common, 0 to 1
 * @param blocks how many blocks were named
 */
record RetrievalModel(double coverage, int blocks) {

  static final String MODULE = "SecureInformationRetrieval";

  private static final MessageSchema META =
      MessageSchema.builder("SecureInformationRetrievalMeta")
          .one(RetrievalParameters.LEVEL, 1, Type.DOUBLE)
          .one(RetrievalParameters.TRANSFER, 2, Type.STRING)
          .one(RetrievalParameters.MASKS, 3, Type.STRING)
          .one(RetrievalParameters.CIPHER, 4, Type.STRING)
          .one(RetrievalParameters.KEY_SIZE, 5, Type.INT64)
          .one(RetrievalParameters.RAW, 6, Type.BOOL)
          .build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("SecureInformationRetrievalParam")
          .one("coverage", 1, Type.DOUBLE)
          .one("block_num", 2, Type.INT64)
          .build();

  /** Writes metric and summary. */
  void report(TaskContext context) {
    context
        .tracker()
        .metric(
            "train",
            "sir",
            List.of(
                new MetricPoint("Coverage", coverage), new MetricPoint("Block number", blocks)));
    context.tracker().metricMeta("train", "sir", "INTERSECTION", Map.of());
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("coverage", coverage);
    summary.put("block_num", blocks);
    context.tracker().summary(summary);
  }

  /** The stored form. */
  ComponentModel toStored(String component, Params params, int keyBits) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put(RetrievalParameters.LEVEL, params.number(RetrievalParameters.LEVEL));
    for (String name :
        List.of(
            RetrievalParameters.TRANSFER, RetrievalParameters.MASKS, RetrievalParameters.CIPHER)) {
      meta.put(name, params.text(name));
    }
    meta.put(RetrievalParameters.KEY_SIZE, (long) keyBits);
    meta.put(RetrievalParameters.RAW, params.bool(RetrievalParameters.RAW));
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put(META.name(), new ModelMessage(META, meta));
    messages.put(
        PARAM.name(),
        new ModelMessage(PARAM, Map.of("coverage", coverage, "block_num", (long) blocks)));
    return new ComponentModel(component, MODULE, "model", messages);
  }
}
