package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.server.cli.SuiteResult.Outcome;
import io.fedflow.transport.client.ComponentAt;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.Submission;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Submits one job of a suite and follows it to its end. Thread-safe.
 *
 * @param sites the servers
 * @param parties who takes the roles
 * @param timeoutSeconds how long the job may take
 * @param patience when it is stopped though it runs
 */
record SuiteJob(
    SuiteSites sites, SuiteParties parties, long timeoutSeconds, SuitePatience patience) {

  private static final String EVALUATION = "Evaluation";

  /**
   * Blocks until the job ended.
   *
   * @param before what became of tasks by their names; those that this one needs passed
   */
  SuiteResult run(
      Suite suite, SuiteTask task, SuiteTask.Job job, Function<String, SuiteResult> before)
      throws InterruptedException {
    long begun = System.nanoTime();
    String jobId = "";
    try {
      Map<String, Object> dsl = job.dsl().map(Documents::read).orElseGet(Map::of);
      SuiteConf conf = new SuiteConf(Documents.read(job.conf()));
      conf.parties(parties).timeout(timeoutSeconds);
      FlowHttpClient site = sites.of(new Tree(conf.tree()).at("initiator", "party_id").text());
      fill(conf, dsl, task.needs(), before, site);
      Submission accepted = site.blocking().submit(dsl, conf.tree());
      jobId = accepted.jobId();
      JobEnd end;
      Outcome outcome;
      try (SuitePatience.Watch watch = patience.watch(suite, task, begun, site, jobId)) {
        end = JobWatch.follow(List.of(site), jobId, ProgressView.none());
        outcome = watch.outcome(end);
      }
      SuiteResult result =
          new SuiteResult(
              suite.name(),
              task.name(),
              outcome,
              jobId,
              end.status(),
              accepted.modelId(),
              accepted.modelVersion(),
              Duration.ofNanos(System.nanoTime() - begun),
              Map.of(),
              end.cause());
      return end.good() ? result.measured(measures(site, jobId, dsl, conf)) : result;
    } catch (FedflowException refused) {
      return new SuiteResult(
          suite.name(),
          task.name(),
          Outcome.FAILED,
          jobId,
          "",
          "",
          "",
          Duration.ofNanos(System.nanoTime() - begun),
          Map.of(),
          refused.getMessage());
    }
  }

  private static void fill(
      SuiteConf conf,
      Map<String, Object> dsl,
      SuiteTask.Needs needs,
      Function<String, SuiteResult> before,
      FlowHttpClient site)
      throws InterruptedException {
    if (needs.model() != null) {
      SuiteResult trained = before.apply(needs.model());
      Tree deployed = deploy(site, trained, dsl);
      conf.predictWith(deployed.at("model_id").text(), deployed.at("model_version").text());
    }
    if (needs.loader() != null) {
      SuiteResult trained = before.apply(needs.loader());
      conf.loadModel(dsl, trained.modelId(), trained.modelVersion());
    }
    if (needs.cache() != null) {
      conf.loadCache(dsl, before.apply(needs.cache()).jobId());
    }
  }

  private static Tree deploy(FlowHttpClient site, SuiteResult trained, Map<String, Object> dsl)
      throws InterruptedException {
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("model_id", trained.modelId());
    wanted.put("model_version", trained.modelVersion());
    if (!dsl.isEmpty()) {
      wanted.put("predict_dsl", dsl);
    }
    return new Tree(site.blocking().call("/v1/model/deploy", wanted)).at("data");
  }

  /** What the evaluations told the guest, and where there is no guest the first host. */
  private static Map<String, Double> measures(
      FlowHttpClient site, String jobId, Map<String, Object> dsl, SuiteConf conf)
      throws InterruptedException {
    String role = conf.first("guest").isEmpty() ? "host" : "guest";
    Map<String, Double> found = new LinkedHashMap<>();
    for (Map.Entry<String, Tree> component : new Tree(dsl).at("components").entries().entrySet()) {
      if (component.getValue().at("module").text().equals(EVALUATION)) {
        Tree summary =
            new Tree(
                site.blocking()
                    .summary(new ComponentAt(jobId, component.getKey(), role, conf.first(role))));
        SuiteMetrics.collect(component.getKey(), summary, found);
      }
    }
    return found;
  }
}
