package io.fedflow.pipeline;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Role;
import io.fedflow.spi.JobInvoker.Deployed;
import io.fedflow.spi.JobInvoker.Invoked;
import io.fedflow.spi.JobInvoker.ModelVersion;
import io.fedflow.spi.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pipeline as a JSON file. Typed components come back as plain ones with the same content. */
final class PipelineFile {

  private static final String FORMAT = "fedflow-pipeline-1";

  private PipelineFile() {}

  static void write(Pipeline pipeline, Path file, JsonCodec codec) {
    try {
      Files.writeString(file, codec.write(tree(pipeline)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the pipeline to " + file, e);
    }
  }

  static Pipeline read(Path file, JsonCodec codec) {
    Map<String, Object> tree;
    try {
      tree = Trees.object(codec.read(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the pipeline from " + file, e);
    }
    if (!FORMAT.equals(tree.get("format"))) {
      throw FedflowException.invalid(
          "pipeline.format",
          file + ": format: found " + tree.get("format") + ", expected " + FORMAT);
    }
    try {
      return pipeline(tree);
    } catch (IllegalArgumentException | ClassCastException e) {
      throw FedflowException.invalid("pipeline.format", file + ": " + e.getMessage());
    }
  }

  private static Map<String, Object> tree(Pipeline pipeline) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("format", FORMAT);
    pipeline
        .givenInitiator()
        .ifPresent(
            party ->
                tree.put("initiator", Map.of("role", party.role().name(), "party_id", party.id())));
    if (pipeline.trained().isEmpty()) {
      Map<String, Object> roles = new LinkedHashMap<>();
      pipeline.roles().forEach((role, ids) -> roles.put(role.name(), ids));
      tree.put("role", roles);
    }
    pipeline.provider().ifPresent(provider -> tree.put("provider", provider));
    tree.put("job_parameters", parameters(pipeline.jobParameters()));
    tree.put("components", pipeline.steps().values().stream().map(PipelineFile::tree).toList());
    pipeline
        .trained()
        .ifPresent(
            trained ->
                tree.put(
                    "fitted",
                    Map.of(
                        "pipeline", tree(trained.pipeline()), "input", trained.input().inputs())));
    PipelineRuns runs = pipeline.runs();
    runs.trained().ifPresent(job -> tree.put("train_job", tree(job)));
    runs.predicted().ifPresent(job -> tree.put("predict_job", tree(job)));
    runs.deployed()
        .ifPresent(
            deployed ->
                tree.put(
                    "deployed", Map.of("model", tree(deployed.model()), "dsl", deployed.dsl())));
    return tree;
  }

  private static Map<String, Object> tree(Pipeline.Step step) {
    PipelineComponent component = step.component();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", component.name());
    tree.put("module", component.module());
    if (component.provider() != null) {
      tree.put("provider", component.provider());
    }
    tree.put("input", step.input());
    tree.put("output", component.outputs().toTree());
    tree.put("parameters", parameters(component.parameters()));
    return tree;
  }

  private static Map<String, Object> parameters(ScopedParameters parameters) {
    List<Object> scopes = new ArrayList<>();
    parameters.forEachScope(
        (scope, values) ->
            scopes.add(
                Map.of("role", scope.role().name(), "party_ids", scope.ids(), "values", values)));
    return Map.of("common", parameters.common(), "scopes", scopes);
  }

  private static Map<String, Object> tree(Invoked job) {
    return Map.of("job_id", job.jobId(), "model", tree(job.model()), "board_url", job.boardUrl());
  }

  private static Map<String, Object> tree(ModelVersion model) {
    return Map.of("model_id", model.modelId(), "model_version", model.version());
  }

  private static Pipeline pipeline(Map<String, Object> tree) {
    Pipeline pipeline = new Pipeline();
    Trees.object(tree.get("role"))
        .forEach((role, ids) -> Trees.texts(ids).forEach(id -> pipeline.party(new Role(role), id)));
    if (tree.containsKey("initiator")) {
      Map<String, Object> party = Trees.object(tree.get("initiator"));
      pipeline.setInitiator(new Role(text(party, "role")), text(party, "party_id"));
    }
    pipeline.setProvider((String) tree.get("provider"));
    ScopedParameters job = new ScopedParameters();
    fill(job, Trees.object(tree.get("job_parameters")));
    pipeline.jobParameters(job);
    Trees.objects(tree.get("components")).forEach(component -> add(pipeline, component));
    if (tree.containsKey("fitted")) {
      Map<String, Object> fitted = Trees.object(tree.get("fitted"));
      Map<String, String> input = new LinkedHashMap<>();
      Trees.object(fitted.get("input")).forEach((name, value) -> input.put(name, (String) value));
      pipeline.addComponent(
          pipeline(Trees.object(fitted.get("pipeline"))), new Data.PredictInput(input));
    }
    Map<String, Object> deployed = Trees.object(tree.get("deployed"));
    pipeline
        .runs()
        .restore(
            job(tree.get("train_job")),
            deployed.isEmpty()
                ? null
                : new Deployed(model(deployed.get("model")), Trees.object(deployed.get("dsl"))),
            job(tree.get("predict_job")));
    return pipeline;
  }

  private static void add(Pipeline pipeline, Map<String, Object> tree) {
    Map<String, Object> output = Trees.object(tree.get("output"));
    PipelineComponent component =
        new PipelineComponent(
            text(tree, "name"),
            text(tree, "module"),
            new ComponentOutputs(
                Trees.texts(output.get("data")),
                output.containsKey("model"),
                output.containsKey("cache")));
    component.provider((String) tree.get("provider"));
    fill(component.parameters(), Trees.object(tree.get("parameters")));
    Map<String, Object> input = Trees.object(tree.get("input"));
    Map<String, List<String>> tables = new LinkedHashMap<>();
    Trees.object(input.get("data"))
        .forEach((kind, references) -> tables.put(kind, Trees.texts(references)));
    pipeline.addComponent(
        component,
        new Data(tables),
        new Model(Trees.texts(input.get("model")), Trees.texts(input.get("isometric_model"))),
        new Cache(Trees.texts(input.get("cache"))));
  }

  private static void fill(ScopedParameters parameters, Map<String, Object> tree) {
    parameters.common().putAll(Trees.object(tree.get("common")));
    for (Map<String, Object> scope : Trees.objects(tree.get("scopes"))) {
      parameters
          .at(new PartyScope(new Role(text(scope, "role")), Trees.texts(scope.get("party_ids"))))
          .putAll(Trees.object(scope.get("values")));
    }
  }

  private static Invoked job(Object value) {
    Map<String, Object> tree = Trees.object(value);
    return tree.isEmpty()
        ? null
        : new Invoked(text(tree, "job_id"), model(tree.get("model")), text(tree, "board_url"));
  }

  private static ModelVersion model(Object value) {
    Map<String, Object> tree = Trees.object(value);
    return new ModelVersion(text(tree, "model_id"), text(tree, "model_version"));
  }

  private static String text(Map<String, Object> tree, String field) {
    if (tree.get(field) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(field + ": found " + tree.get(field) + ", expected a text");
  }
}
