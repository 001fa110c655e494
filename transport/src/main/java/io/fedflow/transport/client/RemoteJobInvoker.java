package io.fedflow.transport.client;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.spi.JobInvoker;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Runs jobs at a server of FATE's routes, of either make: writes {@code job_dsl.json} and {@code
 * job_runtime_conf.json} into a folder of their own and submits those files; asks the server for
 * the job's status until it ended. Thread-safe.
 */
public final class RemoteJobInvoker implements JobInvoker {

  /** As often as FATE's own client asks. */
  public static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

  private final FlowClient client;
  private final Path folder;
  private final Duration pause;
  private final JsonCodec codec = new JacksonJsonCodec();

  /**
   * An invoker.
   *
   * @param client the server
   * @param folder where documents and downloads go; made if it is absent
   * @param pause how long between two questions for the status of a job
   */
  public RemoteJobInvoker(FlowClient client, Path folder, Duration pause) {
    this.client = client;
    this.folder = folder;
    this.pause = pause;
  }

  @Override
  public CompletionStage<Invoked> submit(Map<String, Object> dsl, Map<String, Object> conf) {
    Path dslFile;
    Path confFile;
    try {
      Path own = Files.createTempDirectory(Files.createDirectories(folder), "job-");
      dslFile = Files.writeString(own.resolve("job_dsl.json"), codec.write(dsl));
      confFile = Files.writeString(own.resolve("job_runtime_conf.json"), codec.write(conf));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(unwritable(e));
    }
    return client
        .job()
        .submit(confFile, dslFile)
        .stage()
        .thenApply(answer -> invoked(Submission.of(answer.checked().envelope())));
  }

  @Override
  public CompletionStage<End> completion(String jobId, Party initiator) {
    return new JobPolling(client, pause, jobId, initiator).ended();
  }

  @Override
  public CompletionStage<Deployed> deploy(ModelVersion model, List<String> components) {
    return client
        .model()
        .deploy(at(model), components)
        .stage()
        .thenApply(RemoteJobInvoker::version)
        .thenCompose(
            deployed ->
                client
                    .model()
                    .predictDsl(at(deployed))
                    .stage()
                    .thenApply(answer -> new Deployed(deployed, answer.checked().object())));
  }

  @Override
  public CompletionStage<Deployed> deployDsl(ModelVersion model, Map<String, Object> predictDsl) {
    return client
        .model()
        .deploy(at(model), predictDsl, Map.of())
        .stage()
        .thenApply(answer -> new Deployed(version(answer), predictDsl));
  }

  @Override
  public CompletionStage<Map<String, Object>> summary(Part part) {
    return client
        .component()
        .summary(at(part))
        .stage()
        .thenApply(
            answer ->
                answer.retcode() == ClientFailures.NOTHING ? Map.of() : answer.checked().object());
  }

  @Override
  public CompletionStage<Map<String, Object>> modelParameters(Part part) {
    return client
        .component()
        .outputModel(at(part))
        .stage()
        .thenApply(answer -> answer.checked().object());
  }

  @Override
  public CompletionStage<Map<String, StoredTable>> outputTables(Part part) {
    // FATE's servers refuse with one code whether there is no table or no such component.
    return client
        .component()
        .outputDataTable(at(part))
        .stage()
        .thenApply(answer -> answer.good() ? tables(answer) : Map.of());
  }

  @Override
  public CompletionStage<Map<String, Rows>> outputData(Part part, int limit) {
    Path own;
    try {
      own = Files.createTempDirectory(Files.createDirectories(folder), "output-");
    } catch (IOException e) {
      return CompletableFuture.failedFuture(unwritable(e));
    }
    return client
        .component()
        .outputData(at(part), own, limit)
        .stage()
        .thenApply(unpacked -> OutputFiles.read(unpacked, limit, codec))
        .exceptionally(RemoteJobInvoker::nothing)
        .whenComplete((rows, failure) -> OutputFiles.remove(own));
  }

  private static Map<String, Rows> nothing(Throwable failure) {
    Throwable cause = ClientFailures.unwrap(failure);
    if (cause instanceof FedflowException known && known.code().equals("server.nothing")) {
      return Map.of();
    }
    throw ClientFailures.rethrown(cause);
  }

  private static Map<String, StoredTable> tables(Answer answer) {
    Map<String, StoredTable> tables = new LinkedHashMap<>();
    for (Map<String, Object> row : answer.rows()) {
      tables.put(
          Trees.text(row.get("data_name")),
          new StoredTable(
              Trees.text(row.get("table_namespace")), Trees.text(row.get("table_name"))));
    }
    return tables;
  }

  private static Invoked invoked(Submission job) {
    return new Invoked(
        job.jobId(), new ModelVersion(job.modelId(), job.modelVersion()), job.boardUrl());
  }

  private static ModelVersion version(Answer answer) {
    Map<String, Object> model = answer.checked().object();
    return new ModelVersion(
        Trees.text(model.get("model_id")), Trees.text(model.get("model_version")));
  }

  private static ModelAt at(ModelVersion model) {
    return new ModelAt(model.modelId(), model.version());
  }

  private static ComponentAt at(Part part) {
    return new ComponentAt(
        part.jobId(), part.component(), part.party().role().name(), part.party().id());
  }

  private FedflowException unwritable(IOException cause) {
    return new FedflowException(
        FailureKind.INVALID, "file.unwritable", "no writable folder at " + folder, cause);
  }
}
