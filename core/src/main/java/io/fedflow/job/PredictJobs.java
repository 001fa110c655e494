package io.fedflow.job;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.PredictConf;
import io.fedflow.dsl.PredictDsl;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModels;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Makes the documents of a predict job whole. As in FATE its DSL is that of the model, whatever was
 * submitted, and its conf is laid over that of the training. Thread-safe.
 */
final class PredictJobs {

  private final PipelineModels models;

  PredictJobs(PipelineModels models) {
    this.models = models;
  }

  /**
   * Whether documents ask for a prediction and name a model; those that do not are the planner's.
   */
  static boolean predicts(JobDocuments documents) {
    Map<?, ?> parameters = parameters(documents.conf());
    return "predict".equals(parameters.get("job_type"))
        && parameters.get("model_id") instanceof String
        && parameters.get("model_version") != null;
  }

  /**
   * The documents that are to be planned.
   *
   * @return fails with {@code model.unknown} or {@code model.not_deployed}
   */
  CompletionStage<JobDocuments> whole(JobDocuments submitted) {
    Map<?, ?> parameters = parameters(submitted.conf());
    String modelId = String.valueOf(parameters.get("model_id"));
    String version = String.valueOf(parameters.get("model_version"));
    return models
        .ofVersion(version)
        .thenApply(
            known -> {
              PipelineModel model =
                  known.stream().findFirst().orElseThrow(() -> noModel(version, "this site"));
              requireId(model, modelId);
              return whole(submitted, model);
            });
  }

  private static JobDocuments whole(JobDocuments submitted, PipelineModel model) {
    if (!model.predicts()) {
      throw FedflowException.invalid(
          "model.not_deployed",
          "model_version: found "
              + model.modelVersion()
              + ", the version that was trained; allowed one that model/deploy made of it");
    }
    Map<String, Object> dsl = dsl(model);
    return new JobDocuments(
        dsl, PredictConf.effective(model.trainConf(), submitted.conf(), names(dsl)));
  }

  /** A training of version 1 tells by itself what predicts. */
  private static Map<String, Object> dsl(PipelineModel model) {
    return model.state() == PipelineModel.State.DEPLOYED
        ? model.predictDsl()
        : PredictDsl.derive(model.trainDsl(), PredictDsl.needDeploy(model.trainDsl()));
  }

  /** Refuses a version whose model is not the one that was named. */
  static void requireId(PipelineModel model, String modelId) {
    if (!model.modelId().equals(modelId)) {
      throw FedflowException.invalid(
          "model.unknown", "model_id: found " + modelId + ", allowed " + model.modelId());
    }
  }

  /** The failure of whoever does not have a version. */
  static FedflowException noModel(String version, String who) {
    return FedflowException.invalid(
        "model.unknown",
        "model_version: found "
            + version
            + ", of which "
            + who
            + " has no model; allowed a version that was deployed or imported there");
  }

  private static Set<String> names(Map<String, Object> dsl) {
    return dsl.get("components") instanceof Map<?, ?> components
        ? components.keySet().stream().map(String::valueOf).collect(Collectors.toSet())
        : Set.of();
  }

  /** Version 2 has them under {@code common}. */
  private static Map<?, ?> parameters(Map<String, Object> conf) {
    if (!(conf.get("job_parameters") instanceof Map<?, ?> parameters)) {
      return Map.of();
    }
    return parameters.get("common") instanceof Map<?, ?> common ? common : parameters;
  }
}
