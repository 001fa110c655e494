package io.fedflow.pipeline;

import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.JobInvoker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down what a pipeline asks for; jobs end as told. */
final class RecordingInvoker implements JobInvoker {

  static final String MODEL = "arbiter-10000#guest-9999#host-9998_10000#model";

  final List<Map<String, Object>> dsls = new ArrayList<>();
  final List<Map<String, Object>> confs = new ArrayList<>();
  final List<Object> deploys = new ArrayList<>();
  final List<Part> asked = new ArrayList<>();
  End end = new End(JobStatus.SUCCESS, "");
  Map<String, Object> deployedDsl = Map.of();

  @Override
  public CompletionStage<Invoked> submit(Map<String, Object> dsl, Map<String, Object> conf) {
    dsls.add(dsl);
    confs.add(conf);
    String jobId = "job-" + dsls.size();
    return done(new Invoked(jobId, new ModelVersion(MODEL, jobId), ""));
  }

  @Override
  public CompletionStage<End> completion(String jobId, Party initiator) {
    asked.add(new Part(jobId, "", initiator));
    return done(end);
  }

  @Override
  public CompletionStage<Deployed> deploy(ModelVersion model, List<String> components) {
    deploys.add(Map.of("model", model, "components", components));
    return deployed(deployedDsl);
  }

  @Override
  public CompletionStage<Deployed> deployDsl(ModelVersion model, Map<String, Object> predictDsl) {
    deploys.add(Map.of("model", model, "dsl", predictDsl));
    return deployed(predictDsl);
  }

  @Override
  public CompletionStage<Map<String, Object>> summary(Part part) {
    asked.add(part);
    return done(Map.of("auc", 0.9));
  }

  @Override
  public CompletionStage<Map<String, Object>> modelParameters(Part part) {
    asked.add(part);
    return done(Map.of("weight", 1));
  }

  @Override
  public CompletionStage<Map<String, StoredTable>> outputTables(Part part) {
    asked.add(part);
    return done(Map.of("data", new StoredTable("ns", "t")));
  }

  @Override
  public CompletionStage<Map<String, Rows>> outputData(Part part, int limit) {
    asked.add(part);
    return done(Map.of("data", new Rows(List.of("id"), List.of(List.of("limit " + limit)))));
  }

  private CompletionStage<Deployed> deployed(Map<String, Object> dsl) {
    ModelVersion model = new ModelVersion(MODEL, "deployed-" + deploys.size());
    return done(new Deployed(model, new LinkedHashMap<>(dsl)));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedStage(value);
  }
}
