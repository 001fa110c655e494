package io.fedflow.pipeline;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.TreeMerge;
import io.fedflow.failure.Problems;
import io.fedflow.spi.JobInvoker.Deployed;
import io.fedflow.spi.JobInvoker.ModelVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the documents of a prediction with a fitted pipeline. */
final class PredictDocuments {

  private final Pipeline pipeline;
  private final Pipeline.TrainedInput trained;

  PredictDocuments(Pipeline pipeline, Pipeline.TrainedInput trained) {
    this.pipeline = pipeline;
    this.trained = trained;
  }

  /** With the deployed model or, without one, with the trained one and all that may be deployed. */
  JobDocuments compile() {
    return new JobDocuments(dsl(), conf(base().model()));
  }

  /** The model that was trained. */
  ModelVersion trainedModel() {
    return trained.pipeline().trainJob().orElseThrow(PredictDocuments::notFitted).model();
  }

  /** What was deployed. */
  Deployed deployed() {
    return trained
        .pipeline()
        .deployed()
        .orElseThrow(
            () -> new IllegalStateException("the pipeline was not deployed: call deployComponent"));
  }

  /** Whether the deployed model predicts as it is. */
  boolean addsNothing() {
    return pipeline.steps().isEmpty() && trained.input().inputs().isEmpty();
  }

  /** The deployed DSL, fed by the components of this pipeline, and those. */
  Map<String, Object> dsl() {
    Map<String, Object> below = Trees.object(base().dsl().get("components"));
    Map<String, Object> own =
        Trees.object(PipelineDocuments.dsl(pipeline.steps().values(), null).get("components"));
    Problems problems = new Problems();
    own.keySet().stream()
        .filter(below::containsKey)
        .forEach(
            name ->
                problems.error(
                    "dsl/components/" + name,
                    "the fitted pipeline has a component of this name",
                    name,
                    "any name but " + below.keySet()));
    trained
        .input()
        .inputs()
        .forEach((input, reference) -> feed(below, own, input, reference, problems));
    problems.throwIfAny();
    Map<String, Object> dsl = new LinkedHashMap<>(base().dsl());
    dsl.put("components", TreeMerge.merge(below, own));
    return dsl;
  }

  /**
   * The conf: parameters of this pipeline's own components only, the trained ones have theirs in
   * their model.
   */
  Map<String, Object> conf(ModelVersion model) {
    ScopedParameters job = pipeline.jobParameters().copy();
    job.common().put("model_id", model.modelId());
    job.common().put("model_version", model.version());
    return pipeline.conf(job, "predict");
  }

  private Deployed base() {
    return trained
        .pipeline()
        .deployed()
        .orElseGet(() -> new Deployed(trainedModel(), trained.pipeline().predictDsl()));
  }

  private static void feed(
      Map<String, Object> deployed,
      Map<String, Object> own,
      String input,
      String reference,
      Problems problems) {
    int dot = input.indexOf('.');
    String component = dot < 0 ? input : input.substring(0, dot);
    String pointer = "predict_input/" + input;
    if (dot < 0 || !deployed.containsKey(component)) {
      problems.error(
          pointer, "no such deployed component", component, "one of " + deployed.keySet());
      return;
    }
    String owner = reference.substring(0, Math.max(0, reference.indexOf('.')));
    if (!own.containsKey(owner)) {
      problems.error(
          pointer, "no component puts this out", reference, "an output of " + own.keySet());
      return;
    }
    Map<String, Object> tables = Map.of(input.substring(dot + 1), List.of(reference));
    Map<String, Object> fed = Map.of("input", Map.of("data", tables));
    deployed.put(component, TreeMerge.merge(Trees.object(deployed.get(component)), fed));
  }

  private static IllegalStateException notFitted() {
    return new IllegalStateException("the pipeline was not fitted: call fit and wait for it");
  }
}
