package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.queue.SlotView;
import io.fedflow.spi.JobQuery;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /v1/resource}: who holds the slots of this site, which FATE calls cores. */
public final class ResourceController implements Controller {

  private static final Set<JobStatus> LIVE =
      Set.of(JobStatus.READY, JobStatus.WAITING, JobStatus.RUNNING);

  private static final int ALL = 100_000;

  /** FATE's name of an engine that computes on one machine. */
  static final String ENGINE = "STANDALONE";

  private final Site site;
  private final Lookup lookup;

  /** Routes onto this site. */
  public ResourceController(Site site) {
    this.site = site;
    this.lookup = new Lookup(site);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/resource/query", this::query);
    routes.post("/v1/resource/return", this::giveBack);
  }

  private Future<? extends Answer> query(Call call) {
    boolean held = call.arguments().flag("resource_in_use", true);
    JobQuery live = new JobQuery(List.of(), List.of(), List.of(), LIVE, false, 0, ALL);
    return call.await(site.tracking().jobs(live))
        .map(
            jobs -> {
              Map<String, Object> data = new LinkedHashMap<>();
              data.put(
                  "use_resource_job",
                  jobs.stream()
                      .filter(job -> job.slots() > 0 == held)
                      .map(ResourceController::cores)
                      .toList());
              data.put("computing_engine_resource", Columns.prefixed(engine()));
              return Envelope.ok(data).large();
            });
  }

  private static Map<String, Object> cores(JobRow job) {
    Map<String, Object> row = named(job);
    row.put("core", job.slots());
    row.put("memory", 0);
    return row;
  }

  private static Map<String, Object> named(JobRow job) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("job_id", job.jobId());
    row.put("role", job.party().role().name());
    row.put("party_id", job.party().id());
    return row;
  }

  private Map<String, Object> engine() {
    SlotView slots = site.queue().slots();
    Map<String, Object> engine = new LinkedHashMap<>();
    engine.put("engine_type", "computing");
    engine.put("engine_name", ENGINE);
    engine.put("engine_entrance", "fate_flow");
    engine.put("engine_config", Map.of());
    engine.put("cores", slots.capacity());
    engine.put("memory", 0);
    engine.put("remaining_cores", slots.free());
    engine.put("remaining_memory", 0);
    engine.put("nodes", 1);
    return engine;
  }

  /** Slots come back by themselves when a job ends: taken from a live one, they would serve two. */
  private Future<? extends Answer> giveBack(Call call) {
    Arguments arguments = call.arguments();
    String jobId = arguments.requiredText("job_id");
    return lookup
        .views(call, jobId)
        .map(
            views -> {
              if (views.isEmpty()) {
                return Envelope.error(Retcode.EXCEPTION, "this site does not know job " + jobId);
              }
              return views.stream().allMatch(job -> job.status().terminal())
                  ? Envelope.ok(views.stream().map(ResourceController::returned).toList())
                  : Envelope.error(
                      Retcode.EXCEPTION,
                      "job " + jobId + " has not ended; stop it, and its slots come back");
            });
  }

  private static Map<String, Object> returned(JobRow job) {
    Map<String, Object> row = named(job);
    row.put("resource_in_use", job.slots() > 0);
    row.put("resource_return_status", job.slots() == 0);
    return row;
  }
}
