package io.fedflow.transport.client;

import io.fedflow.failure.FedflowException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stored models. Thread-safe. */
public final class ModelGroup {

  private final FlowRoutes routes;

  ModelGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /** Loads a model for online inference. */
  public Pending<Answer> load(Map<String, ?> conf) {
    return routes.write("model/load", Fields.none().all(conf));
  }

  /** Loads a model for online inference. The conf is read from a file. */
  public Pending<Answer> load(Path conf) {
    return routes.withConf(conf, this::load);
  }

  /** Loads the model of a job for online inference. */
  public Pending<Answer> load(String jobId) {
    return routes.write("model/load", Fields.of("job_id", jobId));
  }

  /** Binds a service id to a loaded model. */
  public Pending<Answer> bind(Map<String, ?> conf) {
    return routes.write("model/bind", Fields.none().all(conf));
  }

  /** Binds a service id to a loaded model. The conf is read from a file. */
  public Pending<Answer> bind(Path conf) {
    return bind(conf, null);
  }

  /**
   * Binds a service id to the model of a job.
   *
   * @param conf a file with {@code service_id}, …
   * @param jobId the job; null if the conf names the model
   */
  public Pending<Answer> bind(Path conf, String jobId) {
    return routes.withConf(
        conf, tree -> routes.write("model/bind", Fields.none().all(tree).and("job_id", jobId)));
  }

  /**
   * Imports a model from an archive, which streams from the disk.
   *
   * @param conf {@code file}, the archive; {@code model_id}, {@code model_version}, {@code role},
   *     {@code party_id}, {@code force_update}, …
   */
  public Pending<Answer> importModel(Map<String, ?> conf) {
    if (!(conf.get("file") instanceof String file) || file.isEmpty()) {
      return Pending.failed(
          FedflowException.invalid(
              "import.file", "file: found " + conf.get("file") + ", expected the path of a file"));
    }
    Map<String, String> form = new TreeMap<>();
    conf.forEach((name, value) -> form.put(name, formText(value)));
    form.put("from_database", "False");
    return routes.upload("model/import", form, Path.of(file));
  }

  /** {@link #importModel(Map)} with the conf from a file. */
  public Pending<Answer> importModel(Path conf) {
    return routes.withConf(conf, this::importModel);
  }

  /** Takes a model back from the store of models. */
  public Pending<Answer> restore(Map<String, ?> conf) {
    return routes.write("model/restore", Fields.none().all(conf));
  }

  /** Takes a model back from the store of models. The conf is read from a file. */
  public Pending<Answer> restore(Path conf) {
    return routes.withConf(conf, this::restore);
  }

  /**
   * Exports a model as an archive.
   *
   * @param conf {@code model_id}, {@code model_version}, {@code role}, {@code party_id}
   * @param output the folder for it
   * @return the archive, under the name that the server gives it
   */
  public Pending<Path> exportModel(Map<String, ?> conf, Path output) {
    return routes.named("GET", "model/export", Fields.none().all(conf), output, "model.zip");
  }

  /** {@link #exportModel(Map, Path)} into the {@code output_path} of a conf in a file. */
  public Pending<Path> exportModel(Path conf) {
    return routes.withConf(
        conf,
        tree ->
            tree.get("output_path") instanceof String output
                ? exportModel(tree, Path.of(output))
                : Pending.failed(
                    FedflowException.invalid(
                        "export.output",
                        "output_path: found "
                            + tree.get("output_path")
                            + ", expected the path of a folder")));
  }

  /** Puts a model into the store of models. */
  public Pending<Answer> store(Map<String, ?> conf) {
    return routes.write("model/store", Fields.none().all(conf));
  }

  /** Puts a model into the store of models. The conf is read from a file. */
  public Pending<Answer> store(Path conf) {
    return routes.withConf(conf, this::store);
  }

  /** Makes a model usable under other party ids. */
  public Pending<Answer> migrate(Map<String, ?> conf) {
    return routes.write("model/migrate", Fields.none().all(conf));
  }

  /** Makes a model usable under other party ids. The conf is read from a file. */
  public Pending<Answer> migrate(Path conf) {
    return routes.withConf(conf, this::migrate);
  }

  /** Tags the model of a job. */
  public Pending<Answer> tagModel(String jobId, String tag) {
    return routes.write("model/model_tag/create", tagged(jobId, tag));
  }

  /** Takes a tag away from the model of a job. */
  public Pending<Answer> untagModel(String jobId, String tag) {
    return routes.write("model/model_tag/remove", tagged(jobId, tag));
  }

  /** The tags of the model of a job. */
  public Pending<Answer> tagList(String jobId) {
    return routes.read("model/model_tag/retrieve", Fields.of("job_id", jobId));
  }

  /**
   * Makes a model version that predicts.
   *
   * @param components what is kept, by name
   */
  public Pending<Answer> deploy(ModelAt model, List<String> components) {
    return routes.write("model/deploy", Fields.none().model(model).and("cpn_list", components));
  }

  /**
   * Makes a model version that predicts.
   *
   * @param components what is kept, by name; empty for everything
   * @param checkpoints component to {@code {step_index}} or {@code {step_name}}; empty for the end
   *     of the training
   */
  public Pending<Answer> deploy(
      ModelAt model, List<String> components, Map<String, ?> checkpoints) {
    return routes.write(
        "model/deploy",
        Fields.none()
            .model(model)
            .and("cpn_list", components.isEmpty() ? null : components)
            .and("components_checkpoint", checkpoints));
  }

  /** {@link #deploy(ModelAt, Map, Map)} with the DSL from a file. */
  public Pending<Answer> deploy(ModelAt model, Path predictDsl, Map<String, ?> checkpoints) {
    return routes.withConf(predictDsl, dsl -> deploy(model, dsl, checkpoints));
  }

  /**
   * Makes a model version that predicts with a DSL of its own.
   *
   * @param predictDsl the DSL; may hold components that were never trained
   * @param checkpoints component to {@code {step_index}} or {@code {step_name}}; empty for the end
   *     of the training
   */
  public Pending<Answer> deploy(
      ModelAt model, Map<String, ?> predictDsl, Map<String, ?> checkpoints) {
    return routes.write(
        "model/deploy",
        Fields.none()
            .model(model)
            .and("predict_dsl", predictDsl)
            .and("components_checkpoint", checkpoints));
  }

  /** The DSL with which a deployed model predicts. */
  public Pending<Answer> predictDsl(ModelAt model) {
    return routes.read("model/get/predict/dsl", Fields.none().model(model));
  }

  /** A conf to fill in for a prediction. */
  public Pending<Answer> predictConf(ModelAt model) {
    return routes.read("model/get/predict/conf", Fields.none().model(model));
  }

  /** Stores {@link #predictDsl(ModelAt)} in a file. */
  public Pending<Path> predictDsl(ModelAt model, Path target) {
    return document("dsl", model, target);
  }

  /** Stores {@link #predictConf(ModelAt)} in a file. */
  public Pending<Path> predictConf(ModelAt model, Path target) {
    return document("conf", model, target);
  }

  /**
   * Rows of models.
   *
   * @param model which; null for all
   * @param role the party's role; null for any
   * @param partyId the party's id; null for any
   * @param columns what is shown of each; empty for everything
   */
  public Pending<Answer> info(ModelAt model, String role, String partyId, List<String> columns) {
    return model == null
        ? info(null, null, role, partyId, columns)
        : info(model.modelId(), model.modelVersion(), role, partyId, columns);
  }

  /**
   * Rows of models.
   *
   * @param modelId the pipeline model's id; null for any
   * @param modelVersion its version; null for any
   * @param role the party's role; null for any
   * @param partyId the party's id; null for any
   * @param columns what is shown of each; empty for everything
   */
  public Pending<Answer> info(
      String modelId, String modelVersion, String role, String partyId, List<String> columns) {
    return routes.read(
        "model/query",
        Fields.of("model_id", modelId)
            .and("model_version", modelVersion)
            .at(role, partyId)
            .and("query_filters", columns.isEmpty() ? null : columns));
  }

  /** Converts a model of horizontal learning for another library. */
  public Pending<Answer> homoConvert(Map<String, ?> conf) {
    return routes.write("model/homo/convert", Fields.none().all(conf));
  }

  /** Converts a model of horizontal learning for another library. The conf is read from a file. */
  public Pending<Answer> homoConvert(Path conf) {
    return routes.withConf(conf, this::homoConvert);
  }

  /** Deploys a converted model. */
  public Pending<Answer> homoDeploy(Map<String, ?> conf) {
    return routes.write("model/homo/deploy", Fields.none().all(conf));
  }

  /** Deploys a converted model. The conf is read from a file. */
  public Pending<Answer> homoDeploy(Path conf) {
    return routes.withConf(conf, this::homoDeploy);
  }

  private Pending<Path> document(String what, ModelAt model, Path target) {
    return routes.stored(
        "POST",
        "model/get/predict/" + what,
        Fields.none().model(model).and("filename", target.getFileName().toString()),
        target);
  }

  private static Fields tagged(String jobId, String tag) {
    return Fields.of("job_id", jobId).and("tag_name", tag);
  }

  /** Forms know texts only: FATE reads 0 and 1 for switches. */
  private String formText(Object value) {
    if (value instanceof Boolean on) {
      return on ? "1" : "0";
    }
    return value instanceof String text ? text : routes.codec().write(value);
  }
}
