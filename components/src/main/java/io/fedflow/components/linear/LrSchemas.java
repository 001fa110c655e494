package io.fedflow.components.linear;

import io.fedflow.component.Params;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shapes of stored linear models: FATE 1.11's lr-, linr- and poisson-model-meta and -param. */
public final class LrSchemas {

  /** FATE's mark for "no validation chose an iteration". */
  public static final int NO_BEST_ITERATION = -1;

  private static final MessageSchema PREDICT_META =
      MessageSchema.builder("PredictMeta").one("threshold", 1, Type.DOUBLE).build();

  /** {@code LRModelMeta}. */
  public static final MessageSchema META = meta().build();

  /** {@code LRModelMeta} of a local model: with a field of our own, which FATE passes over. */
  public static final MessageSchema LOCAL_META =
      meta().one("multi_class", 100, Type.STRING).build();

  private static final MessageSchema PUBLIC_KEY =
      MessageSchema.builder("CipherPublicKey").one("n", 1, Type.STRING).build();

  private static final MessageSchema CIPHER =
      MessageSchema.builder("Cipher")
          .one("public_key", 1, PUBLIC_KEY)
          .one(
              "private_key",
              2,
              MessageSchema.builder("CipherPrivateKey")
                  .one("p", 1, Type.STRING)
                  .one("q", 2, Type.STRING)
                  .build())
          .build();

  private static final MessageSchema CIPHER_TEXT =
      MessageSchema.builder("CipherText")
          .one("public_key", 1, PUBLIC_KEY)
          .one("cipher_text", 2, Type.STRING)
          .one("exponent", 3, Type.STRING)
          .one("is_obfuscator", 4, Type.BOOL)
          .build();

  /** {@code SingleModel}: one of several models, each for a class. */
  public static final MessageSchema SINGLE =
      MessageSchema.builder("SingleModel")
          .one("iters", 1, Type.INT32)
          .repeated("loss_history", 2, Type.DOUBLE)
          .one("is_converged", 3, Type.BOOL)
          .map("weight", 4, Type.DOUBLE)
          .one("intercept", 5, Type.DOUBLE)
          .repeated("header", 6, Type.STRING)
          .one("best_iteration", 7, Type.INT32)
          .map("encrypted_weight", 8, CIPHER_TEXT)
          .one("cipher", 9, CIPHER)
          .build();

  /** {@code OneVsRestResult}: models by class, and the classes. */
  public static final MessageSchema ONE_VS_REST =
      MessageSchema.builder("OneVsRestResult")
          .repeated("completed_models", 1, SINGLE)
          .repeated("one_vs_rest_classes", 2, Type.STRING)
          .build();

  /** {@code LRModelParam}. */
  public static final MessageSchema PARAM =
      MessageSchema.builder("LRModelParam")
          .one("iters", 1, Type.INT32)
          .repeated("loss_history", 2, Type.DOUBLE)
          .one("is_converged", 3, Type.BOOL)
          .map("weight", 4, Type.DOUBLE)
          .one("intercept", 5, Type.DOUBLE)
          .repeated("header", 6, Type.STRING)
          .one("one_vs_rest_result", 7, ONE_VS_REST)
          .one("need_one_vs_rest", 8, Type.BOOL)
          .one("best_iteration", 9, Type.INT32)
          .map("encrypted_weight", 10, CIPHER_TEXT)
          .one("cipher", 11, CIPHER)
          .build();

  /** {@code LinRModelMeta}. */
  public static final MessageSchema LINEAR_META =
      valueMeta("LinRModelMeta").one("reveal_strategy", 10, Type.STRING).build();

  /** {@code LinRModelParam}. */
  public static final MessageSchema LINEAR_PARAM =
      valueParam("LinRModelParam")
          .map("encrypted_weight", 8, CIPHER_TEXT)
          .one("cipher", 9, CIPHER)
          .build();

  /** {@code PoissonModelMeta}. */
  public static final MessageSchema POISSON_META =
      valueMeta("PoissonModelMeta").one("exposure_colname", 10, Type.STRING).build();

  /** {@code PoissonModelParam}. */
  public static final MessageSchema POISSON_PARAM = valueParam("PoissonModelParam").build();

  private LrSchemas() {}

  private static MessageSchema.Builder valueMeta(String name) {
    return MessageSchema.builder(name)
        .one("penalty", 1, Type.STRING)
        .one("tol", 2, Type.DOUBLE)
        .one("alpha", 3, Type.DOUBLE)
        .one("optimizer", 4, Type.STRING)
        .one("batch_size", 5, Type.INT64)
        .one("learning_rate", 6, Type.DOUBLE)
        .one("max_iter", 7, Type.INT64)
        .one("early_stop", 8, Type.STRING)
        .one("fit_intercept", 9, Type.BOOL);
  }

  private static MessageSchema.Builder valueParam(String name) {
    return MessageSchema.builder(name)
        .one("iters", 1, Type.INT32)
        .repeated("loss_history", 2, Type.DOUBLE)
        .one("is_converged", 3, Type.BOOL)
        .map("weight", 4, Type.DOUBLE)
        .one("intercept", 5, Type.DOUBLE)
        .repeated("header", 6, Type.STRING)
        .one("best_iteration", 7, Type.INT32);
  }

  /** What every kind of meta tells of a training's parameters; a new map. */
  public static Map<String, Object> settings(Params params, boolean fitsIntercept) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("penalty", Penalty.Kind.named(params.text("penalty")).name());
    values.put("tol", params.number("tol"));
    values.put("alpha", params.number("alpha"));
    values.put("optimizer", params.text("optimizer"));
    values.put("batch_size", (long) params.integer("batch_size"));
    values.put("learning_rate", params.number("learning_rate"));
    values.put("max_iter", (long) params.integer("max_iter"));
    values.put("early_stop", params.text("early_stop"));
    values.put("fit_intercept", fitsIntercept);
    return values;
  }

  /**
   * What a param holds of one model for each of several classes; a new map.
   *
   * @param header the features, in the order of weights
   * @param singles the values of a {@link #SINGLE} for each class
   * @param classes their names
   */
  public static Map<String, Object> oneVsRest(
      List<String> header, List<Map<String, Object>> singles, List<String> classes) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("header", header);
    values.put("need_one_vs_rest", true);
    values.put("best_iteration", NO_BEST_ITERATION);
    values.put(
        "one_vs_rest_result",
        new ModelMessage(
            ONE_VS_REST,
            Map.of(
                "completed_models",
                singles.stream().map(single -> new ModelMessage(SINGLE, single)).toList(),
                "one_vs_rest_classes",
                classes)));
    return values;
  }

  /** {@code PredictMeta}. */
  public static ModelMessage predictMeta(double threshold) {
    return new ModelMessage(PREDICT_META, Map.of("threshold", threshold));
  }

  private static MessageSchema.Builder meta() {
    return MessageSchema.builder("LRModelMeta")
        .one("penalty", 1, Type.STRING)
        .one("tol", 2, Type.DOUBLE)
        .one("alpha", 3, Type.DOUBLE)
        .one("optimizer", 4, Type.STRING)
        .one("party_weight", 5, Type.DOUBLE)
        .one("batch_size", 6, Type.INT64)
        .one("learning_rate", 7, Type.DOUBLE)
        .one("max_iter", 8, Type.INT64)
        .one("early_stop", 9, Type.STRING)
        .one("re_encrypt_batches", 10, Type.INT64)
        .one("fit_intercept", 11, Type.BOOL)
        .one("need_one_vs_rest", 12, Type.BOOL)
        .one("predict_param", 13, PREDICT_META)
        .one("reveal_strategy", 14, Type.STRING)
        .one("module", 15, Type.STRING);
  }
}
