package io.fedflow.transport.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@link FlowHttpClient} for code that waits: the same calls, failures thrown. Not to be used on an
 * event loop.
 */
public final class BlockingFlowClient {

  private final FlowHttpClient client;

  BlockingFlowClient(FlowHttpClient client) {
    this.client = client;
  }

  /** See {@link FlowHttpClient#submit}. */
  public Submission submit(Map<String, ?> dsl, Map<String, ?> conf) throws InterruptedException {
    return Pending.await(client.submit(dsl, conf));
  }

  /** See {@link FlowHttpClient#upload}. */
  public Submission upload(Path file, Map<String, ?> settings) throws InterruptedException {
    return Pending.await(client.upload(file, settings));
  }

  /** See {@link FlowHttpClient#stop}. */
  public String stop(String jobId) throws InterruptedException {
    return Pending.await(client.stop(jobId));
  }

  /** See {@link FlowHttpClient#clean}. */
  public Map<String, Object> clean(Map<String, ?> filter) throws InterruptedException {
    return Pending.await(client.clean(filter));
  }

  /** See {@link FlowHttpClient#jobQuery}. */
  public List<Map<String, Object>> jobQuery(Map<String, ?> filter) throws InterruptedException {
    return Pending.await(client.jobQuery(filter));
  }

  /** See {@link FlowHttpClient#taskQuery}. */
  public List<Map<String, Object>> taskQuery(Map<String, ?> filter) throws InterruptedException {
    return Pending.await(client.taskQuery(filter));
  }

  /** See {@link FlowHttpClient#job}. */
  public Map<String, Object> job(String jobId) throws InterruptedException {
    return Pending.await(client.job(jobId));
  }

  /** See {@link FlowHttpClient#explain}. */
  public Map<String, Object> explain(String jobId) throws InterruptedException {
    return Pending.await(client.explain(jobId));
  }

  /** See {@link FlowHttpClient#review}. */
  public Map<String, Object> review(String jobId) throws InterruptedException {
    return Pending.await(client.review(jobId));
  }

  /** See {@link FlowHttpClient#approve}. */
  public Map<String, Object> approve(String jobId, String role, String partyId)
      throws InterruptedException {
    return Pending.await(client.approve(jobId, role, partyId));
  }

  /** See {@link FlowHttpClient#reject}. */
  public Map<String, Object> reject(String jobId, String role, String partyId, String reason)
      throws InterruptedException {
    return Pending.await(client.reject(jobId, role, partyId, reason));
  }

  /** See {@link FlowHttpClient#audit}. */
  public Map<String, Object> audit(long before, int limit, String action, String subject)
      throws InterruptedException {
    return Pending.await(client.audit(before, limit, action, subject));
  }

  /** See {@link FlowHttpClient#jobs}. */
  public Map<String, Object> jobs(int limit) throws InterruptedException {
    return Pending.await(client.jobs(limit));
  }

  /** See {@link FlowHttpClient#config}. */
  public Map<String, Object> config(String jobId) throws InterruptedException {
    return Pending.await(client.config(jobId));
  }

  /** See {@link FlowHttpClient#components}. */
  public Map<String, Object> components(String jobId) throws InterruptedException {
    return Pending.await(client.components(jobId));
  }

  /** See {@link FlowHttpClient#metrics}. */
  public Map<String, Object> metrics(ComponentAt at) throws InterruptedException {
    return Pending.await(client.metrics(at));
  }

  /** See {@link FlowHttpClient#parameters}. */
  public Map<String, Object> parameters(ComponentAt at) throws InterruptedException {
    return Pending.await(client.parameters(at));
  }

  /** See {@link FlowHttpClient#outputModel}. */
  public Map<String, Object> outputModel(ComponentAt at) throws InterruptedException {
    return Pending.await(client.outputModel(at));
  }

  /** See {@link FlowHttpClient#summary}. */
  public Map<String, Object> summary(ComponentAt at) throws InterruptedException {
    return Pending.await(client.summary(at));
  }

  /** See {@link FlowHttpClient#outputData}. */
  public Map<String, Object> outputData(ComponentAt at) throws InterruptedException {
    return Pending.await(client.outputData(at));
  }

  /** See {@link FlowHttpClient#downloadOutput}. */
  public Path downloadOutput(ComponentAt at, Path target) throws InterruptedException {
    return Pending.await(client.downloadOutput(at, target));
  }

  /** See {@link FlowHttpClient#downloadLogs}. */
  public Path downloadLogs(String jobId, Path target) throws InterruptedException {
    return Pending.await(client.downloadLogs(jobId, target));
  }

  /** See {@link FlowHttpClient#log}. */
  public Map<String, Object> log(
      String jobId, String role, String partyId, String component, String level, long after)
      throws InterruptedException {
    return Pending.await(client.log(jobId, role, partyId, component, level, after));
  }

  /** See {@link FlowHttpClient#searchLogs}. */
  public Map<String, Object> searchLogs(Map<String, String> wanted) throws InterruptedException {
    return Pending.await(client.searchLogs(wanted));
  }

  /** See {@link FlowHttpClient#table}. */
  public Map<String, Object> table(String namespace, String name) throws InterruptedException {
    return Pending.await(client.table(namespace, name));
  }

  /** See {@link FlowHttpClient#version}. */
  public Map<String, Object> version() throws InterruptedException {
    return Pending.await(client.version());
  }

  /** See {@link FlowHttpClient#call}. */
  public Map<String, Object> call(String path, Map<String, ?> arguments)
      throws InterruptedException {
    return Pending.await(client.call(path, arguments));
  }

  /** Follows a job to its end and returns the last news; see {@link FlowHttpClient#follow}. */
  public JobNews follow(String jobId, long after, Consumer<JobNews> listener)
      throws InterruptedException {
    try (JobFollowing following = client.follow(jobId, after, listener)) {
      return Pending.await(following.ended());
    }
  }

  /** See {@link FlowHttpClient#parties}. */
  public Map<String, Object> parties(boolean reach) throws InterruptedException {
    return Pending.await(client.parties(reach));
  }

  /** See {@link FlowHttpClient#reloadParties}. */
  public Map<String, Object> reloadParties() throws InterruptedException {
    return Pending.await(client.reloadParties());
  }

  /** See {@link FlowHttpClient#pingParty}. */
  public Map<String, Object> pingParty(String partyId, int rounds) throws InterruptedException {
    return Pending.await(client.pingParty(partyId, rounds));
  }

  /** See {@link FlowHttpClient#traceParty}. */
  public Map<String, Object> traceParty(String partyId) throws InterruptedException {
    return Pending.await(client.traceParty(partyId));
  }
}
