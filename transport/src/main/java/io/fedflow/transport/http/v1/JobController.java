package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.ParameterUpdate;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobRow;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Failures;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.http.wire.Style;
import io.vertx.core.Future;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /v1/job}: submit, stop, run again, describe, ask for one job; cancel those that wait. */
public final class JobController implements Controller {

  private static final Envelope UNKNOWN =
      Envelope.error(Retcode.DATA, "this site does not know the job");

  private static final Envelope NOTHING_TO_CLEAN =
      Envelope.error(Retcode.EXCEPTION, "no task could be found; nothing was cleaned");

  /** FATE's code of a command that some party did not carry out. */
  private static final int NOT_CANCELED = 2;

  private static final Set<String> CLIENT_PATHS = Set.of("conf_path", "dsl_path");

  private final Site site;
  private final Lookup lookup;
  private final Submissions submissions;
  private final JobColumns columns;

  /** Routes onto this site. */
  public JobController(Site site, ZoneId zone) {
    this.site = site;
    this.lookup = new Lookup(site);
    this.submissions = new Submissions(site.pipelines());
    this.columns = new JobColumns(zone);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/job/submit", this::submit);
    routes.post("/v1/job/stop", this::stop);
    routes.post("/v1/job/rerun", this::rerun);
    routes.post("/v1/job/parameter/update", this::updateParameters);
    routes.post("/v1/job/clean", this::clean);
    routes.post("/v1/job/clean/queue", this::cleanQueue);
    routes.postOfJob("/v1/job/query", this::query);
    routes.postOfJob("/v1/job/config", this::config);
    routes.post("/v1/job/update", this::update);
    routes.post("/v1/job/url/get", this::url);
  }

  private Future<? extends Answer> submit(Call call) {
    Arguments arguments = call.arguments();
    Map<String, Object> conf = either(arguments, "job_runtime_conf", "runtime_conf");
    if (conf == null) {
      throw FedflowException.invalid(
          "argument.missing", "required arguments are missing: job_runtime_conf");
    }
    // A predict job has no DSL of its own.
    Map<String, Object> dsl = either(arguments, "job_dsl", "dsl");
    return submissions.submit(
        call, new JobDocuments(dsl == null ? Map.of() : dsl, withoutClientPaths(conf)));
  }

  /** FATE's command line adds to every conf where its files lie, which is nobody's business. */
  private static Map<String, Object> withoutClientPaths(Map<String, Object> conf) {
    Map<String, Object> kept = new LinkedHashMap<>(conf);
    kept.keySet().removeAll(CLIENT_PATHS);
    return kept;
  }

  private static Map<String, Object> either(Arguments arguments, String name, String other) {
    return arguments.object(name).or(() -> arguments.object(other)).orElse(null);
  }

  private Future<? extends Answer> stop(Call call) {
    String jobId = call.arguments().requiredText("job_id");
    return call.await(site.pipelines().stop(jobId, "a client over HTTP"))
        .compose(
            stopped ->
                stopped
                    ? Future.succeededFuture(Envelope.ok().message("stop job success"))
                    : lookup.views(call, jobId).map(JobController::notStopped));
  }

  private Future<? extends Answer> rerun(Call call) {
    Arguments arguments = call.arguments();
    String jobId = arguments.requiredText("job_id");
    List<String> components = arguments.texts("component_name");
    // FATE's name for all of them.
    List<String> chosen = components.contains("pipeline") ? List.of() : components;
    return call.await(
            site.pipelines()
                .rerun(jobId, chosen, arguments.flag("force", false), "a client over HTTP"))
        .map(accepted -> Envelope.ok().message("rerun job success"))
        .recover(failure -> Future.succeededFuture(notDone(call, failure)));
  }

  private Future<? extends Answer> updateParameters(Call call) {
    Arguments arguments = call.arguments();
    String jobId = arguments.requiredText("job_id");
    ParameterUpdate update =
        new ParameterUpdate(
            arguments.any("job_parameters").orElse(null),
            arguments.any("component_parameters").orElse(null));
    // Checking the new conf computes: not on the event loop.
    return call.blocking(() -> site.pipelines().updateParameters(jobId, update))
        .compose(call::await)
        .map(JobController::updated)
        .recover(failure -> Future.succeededFuture(notDone(call, failure)));
  }

  private static Envelope updated(PipelineManager.Updated updated) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("job_parameters", updated.jobParameters());
    data.put("component_parameters", updated.componentParameters());
    data.put("components", updated.components());
    return Envelope.ok(data);
  }

  private static Envelope notDone(Call call, Throwable failure) {
    Envelope why = Failures.toEnvelope(failure, Style.FATE, call.requestId());
    if (Failures.unwrap(failure) instanceof FedflowException known
        && (known.code().equals("job.unknown") || known.code().equals("job.not_here"))) {
      return known.code().equals("job.unknown")
          ? UNKNOWN
          : Envelope.error(Retcode.DATA, why.retmsg());
    }
    return Envelope.error(Retcode.OPERATING, why.retmsg()).data(why.data());
  }

  private Future<? extends Answer> clean(Call call) {
    return RowFilters.tasks(call.arguments(), false)
        .map(query -> call.await(site.pipelines().clean(query)).map(JobController::cleaned))
        .orElseGet(() -> Future.succeededFuture(NOTHING_TO_CLEAN));
  }

  private static Envelope cleaned(PipelineManager.Cleaned cleaned) {
    if (cleaned.outcomes().isEmpty()) {
      return NOTHING_TO_CLEAN;
    }
    List<String> done = new ArrayList<>();
    Map<String, String> refused = new LinkedHashMap<>();
    cleaned
        .outcomes()
        .forEach(
            (jobId, why) -> {
              if (why.isEmpty()) {
                done.add(jobId);
              } else {
                refused.put(jobId, why);
              }
            });
    String reasons = String.join("; ", refused.values());
    Envelope envelope = done.isEmpty() ? Envelope.error(Retcode.OPERATING, reasons) : Envelope.ok();
    return (done.isEmpty() || refused.isEmpty()
            ? envelope
            : envelope.message("not all: " + reasons))
        .data(Map.of("cleaned", done, "refused", refused));
  }

  /** FATE's answer: every waiting job that was submitted here, with 0 if it was canceled. */
  private Future<? extends Answer> cleanQueue(Call call) {
    return call.await(site.queue().cancelWaiting("a client over HTTP"))
        .map(
            outcomes -> {
              Map<String, Object> codes = new LinkedHashMap<>();
              outcomes.forEach((jobId, why) -> codes.put(jobId, why.isEmpty() ? 0 : NOT_CANCELED));
              return Envelope.ok(codes);
            });
  }

  private static Envelope notStopped(List<JobRow> views) {
    return views.isEmpty()
        ? UNKNOWN
        : Envelope.ok()
            .message(
                "stop job success: the job ended before as "
                    + JobColumns.status(views.get(0).status()));
  }

  private Future<? extends Answer> query(Call call) {
    return RowFilters.jobs(call.arguments())
        .map(query -> call.await(site.tracking().jobs(query)))
        .orElseGet(() -> Future.succeededFuture(List.of()))
        .map(this::rows);
  }

  private Envelope rows(List<JobRow> rows) {
    List<Map<String, Object>> data = rows.stream().map(columns::of).map(Columns::prefixed).toList();
    Envelope envelope = Envelope.ok(data).large();
    return data.isEmpty() ? envelope.message("no job could be found") : envelope;
  }

  private Future<? extends Answer> update(Call call) {
    Arguments arguments = call.arguments().require("job_id", "role", "party_id");
    Envelope absent = Envelope.error(Retcode.ARGUMENT, "no job could be found");
    return lookup
        .view(call, arguments, absent)
        .compose(
            job ->
                call.await(
                    site.pipelines()
                        .describe(job.jobId(), job.party(), arguments.text("notes").orElse(""))))
        .map(stored -> Envelope.ok());
  }

  private Future<? extends Answer> config(Call call) {
    return lookup
        .view(call, call.arguments(), Envelope.error(Retcode.ARGUMENT, "no job could be found"))
        .map(JobController::config)
        .map(data -> Envelope.ok(data).large());
  }

  private static Map<String, Object> config(JobRow job) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("job_id", job.jobId());
    config.put("dsl", job.dsl());
    config.put("runtime_conf", job.conf());
    config.put("train_runtime_conf", Map.of());
    config.put(
        "model_info", Map.of("model_id", job.modelId(), "model_version", job.modelVersion()));
    return config;
  }

  private Future<? extends Answer> url(Call call) {
    Arguments arguments = call.arguments().require("job_id", "role", "party_id");
    return lookup
        .view(call, arguments, Envelope.error(Retcode.ARGUMENT, "no job could be found"))
        .map(
            job ->
                Envelope.ok(
                    Map.of(
                        "board_url", List.of(Boards.url(call.base(), job.jobId(), job.party())))));
  }
}
