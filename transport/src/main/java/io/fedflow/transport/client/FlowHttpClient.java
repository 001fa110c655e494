package io.fedflow.transport.client;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.FileNotFoundException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Asks a server. Every stage fails with a {@link FedflowException}: what the server refused with
 * its own words and, for documents, all problems; what could not be asked with a remedy.
 * Thread-safe; {@link #blocking} is the same for plain sequential code.
 */
public final class FlowHttpClient {

  private static final String COMPONENT = "/v1/tracking/component/";

  private final Wire wire;

  /** A client of this server. */
  public FlowHttpClient(ClientOptions options) {
    this.wire = new Wire(options, new JacksonJsonCodec());
  }

  /** A client that signs its requests, which servers with --client-auth want. */
  public FlowHttpClient(ClientOptions options, ClientKeys keys) {
    InstantSource clock = InstantSource.system();
    this.wire =
        new Wire(
            options,
            new JacksonJsonCodec(),
            Optional.of(new RequestSigner(keys, clock, new TimeUuids(clock))));
  }

  /** A client with the usual patience. */
  public static FlowHttpClient of(String server) {
    return new FlowHttpClient(ClientOptions.of(server));
  }

  /** The same client for code that waits. */
  public BlockingFlowClient blocking() {
    return new BlockingFlowClient(this);
  }

  /** Submits a job; the DSL may be empty for predictions. */
  public CompletionStage<Submission> submit(Map<String, ?> dsl, Map<String, ?> conf) {
    Map<String, Object> documents = new LinkedHashMap<>();
    documents.put("job_dsl", dsl);
    documents.put("job_runtime_conf", conf);
    return call("/v1/job/submit", documents).thenApply(Submission::of);
  }

  /**
   * Uploads a file as a table.
   *
   * @param settings {@code namespace}, {@code table_name}, {@code head}, {@code partition} and
   *     further settings of FATE's upload
   */
  public CompletionStage<Submission> upload(Path file, Map<String, ?> settings) {
    Multipart multipart = Multipart.fresh();
    BodyPublisher body;
    try {
      body = multipart.of(Map.of(), file);
    } catch (FileNotFoundException e) {
      return CompletableFuture.failedFuture(
          FedflowException.invalid("file.unreadable", "no readable file at " + file));
    }
    HttpRequest.Builder request =
        wire.transfer("/v1/data/upload?" + encode(wire.codec().write(settings)))
            .header("Content-Type", multipart.contentType());
    return wire.upload(request, body)
        .thenApply(answer -> Submission.of(answer.checked().envelope()));
  }

  /** Stops a job; completes with what the server says. */
  public CompletionStage<String> stop(String jobId) {
    return call("/v1/job/stop", Map.of("job_id", jobId))
        .thenApply(envelope -> Trees.text(envelope.get("retmsg")));
  }

  /**
   * Drops what ended jobs left at the server's site; completes with the ids that were {@code
   * cleaned}, and with why others were {@code refused}.
   */
  public CompletionStage<Map<String, Object>> clean(Map<String, ?> filter) {
    return call("/v1/job/clean", filter).thenApply(envelope -> Trees.object(envelope.get("data")));
  }

  /** Job rows in FATE's columns. */
  public CompletionStage<List<Map<String, Object>>> jobQuery(Map<String, ?> filter) {
    return rows("/v1/job/query", filter);
  }

  /** Task rows in FATE's columns; a filter that matches nothing is refused. */
  public CompletionStage<List<Map<String, Object>>> taskQuery(Map<String, ?> filter) {
    return rows("/v1/job/task/query", filter);
  }

  /** A job with its parties, tasks and graph. */
  public CompletionStage<Map<String, Object>> job(String jobId) {
    return get("/fedflow/v1/jobs/" + encode(jobId));
  }

  /**
   * Why a job and its components are where they are: {@code waits}, each with {@code component}
   * (empty for the job as a whole), {@code cause}, {@code role} and {@code party_id} (empty for no
   * party in particular), {@code since}, {@code text} and {@code remedy}.
   */
  public CompletionStage<Map<String, Object>> explain(String jobId) {
    return get("/fedflow/v1/jobs/" + encode(jobId) + "/explain");
  }

  /**
   * What a job uses and reveals, at each party of the server's site: {@code parties}, each with
   * {@code approval_pending}, {@code tables}, {@code components} with what they send and receive,
   * and {@code rules}.
   */
  public CompletionStage<Map<String, Object>> review(String jobId) {
    return get("/fedflow/v1/jobs/" + encode(jobId) + "/review");
  }

  /** Approves a job for a party of the server's site. */
  public CompletionStage<Map<String, Object>> approve(String jobId, String role, String partyId) {
    return call(
        "/fedflow/v1/jobs/" + encode(jobId) + "/approve",
        Map.of("role", role, "party_id", partyId));
  }

  /** Rejects a job for a party of the server's site that was to approve it; ends it everywhere. */
  public CompletionStage<Map<String, Object>> reject(
      String jobId, String role, String partyId, String reason) {
    return call(
        "/fedflow/v1/jobs/" + encode(jobId) + "/reject",
        Map.of("role", role, "party_id", partyId, "reason", reason));
  }

  /**
   * Who did what at the server's site, newest first: {@code records}, {@code next}, which is {@code
   * before} of the next page or 0, and {@code head}.
   *
   * @param before only records with a smaller number; 0 for the newest
   * @param action only this action or those that begin with it; empty for all
   * @param subject only about exactly this; empty for all
   */
  public CompletionStage<Map<String, Object>> audit(
      long before, int limit, String action, String subject) {
    return get(
        "/fedflow/v1/audit?before="
            + before
            + "&limit="
            + limit
            + "&action="
            + encode(action)
            + "&subject="
            + encode(subject));
  }

  /** The newest jobs, and which wait or run. */
  public CompletionStage<Map<String, Object>> jobs(int limit) {
    return get("/fedflow/v1/jobs?limit=" + limit);
  }

  /** The documents of a job: {@code dsl}, {@code runtime_conf}, …. */
  public CompletionStage<Map<String, Object>> config(String jobId) {
    return data("/v1/job/config", Map.of("job_id", jobId));
  }

  /** The names of a job's components in DSL order. */
  public CompletionStage<Map<String, Object>> components(String jobId) {
    return data(COMPONENT + "list", Map.of("job_id", jobId));
  }

  /** All metrics: {@code {namespace: {name: {data, meta}}}}. */
  public CompletionStage<Map<String, Object>> metrics(ComponentAt at) {
    return data(COMPONENT + "metric/all", at.arguments());
  }

  /** The parameters with defaults. */
  public CompletionStage<Map<String, Object>> parameters(ComponentAt at) {
    return data(COMPONENT + "parameters", at.arguments());
  }

  /** What the component learned. */
  public CompletionStage<Map<String, Object>> outputModel(ComponentAt at) {
    return data(COMPONENT + "output/model", at.arguments());
  }

  /** The summary. */
  public CompletionStage<Map<String, Object>> summary(ComponentAt at) {
    return data(COMPONENT + "summary/download", at.arguments());
  }

  /** The first rows of every output: the whole envelope, {@code data} and {@code meta}. */
  public CompletionStage<Map<String, Object>> outputData(ComponentAt at) {
    return call(COMPONENT + "output/data", at.arguments());
  }

  /** Stores all output rows as a {@code tar.gz}. */
  public CompletionStage<Path> downloadOutput(ComponentAt at, Path target) {
    HttpRequest request =
        wire.request("GET", COMPONENT + "output/data/download", at.arguments()).build();
    return wire.file(request, target);
  }

  /** Stores all logs of a job as a {@code tar.gz}. */
  public CompletionStage<Path> downloadLogs(String jobId, Path target) {
    HttpRequest request =
        wire.request("POST", "/v1/job/log/download", Map.of("job_id", jobId)).build();
    return wire.file(request, target);
  }

  /**
   * A page of a job's log at one party: {@code lines} and {@code last}, to be given as {@code
   * after} for the next page.
   *
   * @param component only of this component; empty for all
   * @param level this level and graver ones
   */
  public CompletionStage<Map<String, Object>> log(
      String jobId, String role, String partyId, String component, String level, long after) {
    return get(
        "/fedflow/v1/jobs/"
            + encode(jobId)
            + "/parties/"
            + encode(role)
            + '/'
            + encode(partyId)
            + "/log?component="
            + encode(component)
            + "&level="
            + encode(level)
            + "&after="
            + after);
  }

  /**
   * Log lines over all jobs and parties of the server's site: {@code lines}, each with {@code
   * job_id}, {@code role} and {@code party_id}, and {@code last}, which is {@code behind} of the
   * next page.
   *
   * @param wanted any of {@code job_id}, {@code role}, {@code party_id}, {@code component}, {@code
   *     level}, {@code text}, {@code behind}, {@code limit}
   */
  public CompletionStage<Map<String, Object>> searchLogs(Map<String, String> wanted) {
    return get(
        "/fedflow/v1/logs?"
            + wanted.entrySet().stream()
                .map(each -> each.getKey() + '=' + encode(each.getValue()))
                .collect(Collectors.joining("&")));
  }

  /** What a stored table is. */
  public CompletionStage<Map<String, Object>> table(String namespace, String name) {
    return data("/v1/table/table_info", Map.of("namespace", namespace, "table_name", name));
  }

  /** Module names to versions. */
  public CompletionStage<Map<String, Object>> version() {
    return data("/v1/server/version/get", Map.of());
  }

  /**
   * Follows a job to its end, over broken connections; state events come in order, none twice, none
   * lost. A server that has only FATE's routes tells the end and nothing before.
   *
   * @param after only state events behind this one; 0 for all
   * @param listener called one at a time, must not block
   */
  public JobFollowing follow(String jobId, long after, Consumer<JobNews> listener) {
    JobFollowing following =
        new JobFollowing(
            wire, jobId, "/fedflow/v1/jobs/" + encode(jobId) + "/events", after, listener);
    following.connect();
    return following;
  }

  /**
   * Where the server finds other parties: {@code own}, {@code parties}, each with {@code
   * addresses}, {@code source}, and {@code reachable} if asked for, {@code default}, and {@code
   * trouble} with the file of routes (empty for none).
   *
   * @param reach whether to ask all of them who they are
   */
  public CompletionStage<Map<String, Object>> parties(boolean reach) {
    return get("/fedflow/v1/parties?reach=" + reach);
  }

  /** Lets the server read its file of routes now: {@code changed}, {@code parties}. */
  public CompletionStage<Map<String, Object>> reloadParties() {
    return data("/fedflow/v1/parties/reload", Map.of());
  }

  /**
   * Lets the server ask another party's server who it is: {@code address}, {@code software}, {@code
   * protocols}, {@code party_ids}, {@code round_trip_ms} and more.
   *
   * @param rounds how many round trips to measure, 1..100
   */
  public CompletionStage<Map<String, Object>> pingParty(String partyId, int rounds) {
    return data("/fedflow/v1/parties/" + encode(partyId) + "/ping", Map.of("rounds", rounds));
  }

  /**
   * Lets the server follow the way to another party's server: {@code legs}, each with {@code from},
   * {@code to}, {@code ms} and {@code reached}, and {@code reached} as a whole or {@code why} not.
   */
  public CompletionStage<Map<String, Object>> traceParty(String partyId) {
    return data("/fedflow/v1/parties/" + encode(partyId) + "/trace", Map.of());
  }

  /** Any route by POST; completes with the envelope. */
  public CompletionStage<Map<String, Object>> call(String path, Map<String, ?> arguments) {
    return wire.envelope(wire.request("POST", path, arguments).build());
  }

  private CompletionStage<Map<String, Object>> get(String path) {
    return wire.envelope(wire.request(path).GET().build())
        .thenApply(envelope -> Trees.object(envelope.get("data")));
  }

  private CompletionStage<Map<String, Object>> data(String path, Map<String, ?> arguments) {
    return call(path, arguments).thenApply(envelope -> Trees.object(envelope.get("data")));
  }

  private CompletionStage<List<Map<String, Object>>> rows(String path, Map<String, ?> filter) {
    return call(path, filter).thenApply(envelope -> Trees.objects(envelope.get("data")));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
