package io.fedflow.transport.client;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Jobs: submit, look, stop, run again. Thread-safe. */
public final class JobGroup {

  private final FlowRoutes routes;

  JobGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /**
   * Submits a job; a prediction by a deployed model needs no DSL.
   *
   * @param conf the runtime conf
   * @param dsl the components and their wiring; null for none
   */
  public Pending<Answer> submit(Map<String, ?> conf, Map<String, ?> dsl) {
    // FATE's client sends null too; some servers want the key.
    Map<String, Object> documents = new LinkedHashMap<>();
    documents.put("job_runtime_conf", conf);
    documents.put("job_dsl", dsl);
    return routes.write("job/submit", Fields.none().all(documents));
  }

  /**
   * Submits the job that two files describe. A file that is missing or no JSON object fails the
   * call before anything is sent.
   *
   * @param conf the file of the runtime conf
   * @param dsl the file of the DSL; null for none
   */
  public Pending<Answer> submit(Path conf, Path dsl) {
    return routes.withConf(
        conf,
        confTree ->
            dsl == null
                ? submit(confTree, null)
                : routes.withConf(dsl, dslTree -> submit(confTree, dslTree)));
  }

  /** The newest jobs. */
  public Pending<Answer> list(int limit) {
    return routes.read("job/list/job", Fields.of("limit", limit));
  }

  /** Rows of the output tables of a job's components. */
  public Pending<Answer> view(TaskFilter filter) {
    return routes.read("job/data/view/query", filter.fields());
  }

  /** Rows of jobs. */
  public Pending<Answer> query(TaskFilter filter) {
    return routes.read("job/query", filter.fields());
  }

  /** Stops a job. */
  public Pending<Answer> stop(String jobId) {
    return routes.write("job/stop", Fields.of("job_id", jobId));
  }

  /**
   * Runs an ended job again.
   *
   * @param force whether components that ended well run again too
   * @param components which ones; empty for all
   */
  public Pending<Answer> rerun(String jobId, boolean force, List<String> components) {
    return routes.write(
        "job/rerun",
        Fields.of("job_id", jobId)
            .and("force", force)
            .and("component_name", components.isEmpty() ? null : components));
  }

  /** Changes parameters of a job for its next run. */
  public Pending<Answer> parameterUpdate(String jobId, Map<String, ?> conf) {
    return routes.write("job/parameter/update", Fields.none().all(conf).and("job_id", jobId));
  }

  /** {@link #parameterUpdate(String, Map)} with the conf from a file. */
  public Pending<Answer> parameterUpdate(String jobId, Path conf) {
    return routes.withConf(conf, tree -> parameterUpdate(jobId, tree));
  }

  /** The documents of a job as one party has them. */
  public Pending<Answer> config(String jobId, String role, String partyId) {
    return routes.read("job/config", Fields.of("job_id", jobId).at(role, partyId));
  }

  /**
   * Stores the documents of a job as {@code job_<id>_config/<name>.json} below a folder.
   *
   * @return the folder {@code job_<id>_config}
   */
  public Pending<Path> config(String jobId, String role, String partyId, Path output) {
    Path folder = output.resolve("job_" + jobId + "_config");
    return config(jobId, role, partyId).map(answer -> written(answer.checked(), folder));
  }

  /**
   * Stores all logs of a job below a folder.
   *
   * @return the folder {@code job_<id>_log}
   */
  public Pending<Path> log(String jobId, Path output) {
    return routes.archive(
        "POST", "job/log/download", Fields.of("job_id", jobId), output, "job_" + jobId + "_log");
  }

  /**
   * The DSL with which a trained DSL predicts.
   *
   * @param trainDsl the DSL of the training
   * @param components what is kept
   */
  public Pending<Answer> generateDsl(Map<String, ?> trainDsl, List<String> components) {
    return routes.read("job/dsl/generate", predictDsl(trainDsl, components));
  }

  /** Stores {@link #generateDsl(Map, List)} in a file. */
  public Pending<Path> generateDsl(Map<String, ?> trainDsl, List<String> components, Path target) {
    return routes.stored(
        "POST",
        "job/dsl/generate",
        predictDsl(trainDsl, components).and("filename", target.getFileName().toString()),
        target);
  }

  private Fields predictDsl(Map<String, ?> trainDsl, List<String> components) {
    return Fields.of("train_dsl", routes.codec().write(trainDsl))
        .and("cpn_str", components)
        .and("version", "2");
  }

  private Path written(Answer answer, Path folder) {
    Set<String> names = new LinkedHashSet<>(answer.object().keySet());
    names.remove("job_id");
    try {
      Files.createDirectories(folder);
      for (String name : names) {
        String file = name.replaceAll("[^A-Za-z0-9_-]", "_") + ".json";
        String text = routes.codec().write(answer.object().get(name));
        Files.writeString(folder.resolve(file), text);
      }
    } catch (IOException e) {
      throw new FedflowException(
          FailureKind.INVALID, "file.unwritable", "cannot write into " + folder, e);
    }
    return folder;
  }
}
