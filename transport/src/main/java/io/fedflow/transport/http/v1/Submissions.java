package io.fedflow.transport.http.v1;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.Problem;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.pipeline.PipelineManager.Submitted;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Failures;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Style;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Submits documents and tells the outcome in FATE's words. */
public final class Submissions {

  private final PipelineManager pipelines;

  /** Submits here. */
  public Submissions(PipelineManager pipelines) {
    this.pipelines = pipelines;
  }

  /** The answer, refusals included: code 103 with every problem of the documents. */
  public Future<Envelope> submit(Call call, JobDocuments documents) {
    // Checking documents computes: not on the event loop.
    return call.blocking(() -> pipelines.submit(documents))
        .compose(call::await)
        .map(submitted -> accepted(call, documents, submitted))
        .recover(failure -> Future.succeededFuture(refused(call, failure)));
  }

  /**
   * The answer of FATE's routes that make a job by themselves: retcode 0 always; a refused job
   * shows in {@code code} and {@code message} of the data, and there is no {@code jobId}.
   *
   * @param named what the data tells first
   */
  public Future<Envelope> submitAlways(
      Call call, JobDocuments documents, Map<String, Object> named) {
    return submit(call, documents).map(envelope -> alwaysGood(envelope, named));
  }

  private static Envelope alwaysGood(Envelope envelope, Map<String, Object> named) {
    Map<String, Object> data = new LinkedHashMap<>(named);
    data.put("code", envelope.retcode());
    data.put("message", envelope.retmsg());
    if (envelope.data() instanceof Map<?, ?> submitted) {
      submitted.forEach((key, value) -> data.put(String.valueOf(key), value));
    }
    return envelope.retcode() == Retcode.SUCCESS
        ? envelope.data(data)
        : Envelope.ok(data).message(envelope.retmsg());
  }

  private static Envelope accepted(Call call, JobDocuments documents, Submitted submitted) {
    Map<String, Object> data = data(call.base(), submitted);
    data.put(
        "message",
        message(
            Stream.concat(
                    RemovedParameters.in(documents.conf()).stream(), submitted.warnings().stream())
                .toList()));
    return Envelope.ok(data).job(submitted.jobId());
  }

  private static Envelope refused(Call call, Throwable failure) {
    Envelope why = Failures.toEnvelope(failure, Style.FATE, call.requestId());
    return Envelope.error(Retcode.OPERATING, why.retmsg()).data(why.data());
  }

  private static Map<String, Object> data(String base, Submitted submitted) {
    String jobId = submitted.jobId();
    // FATE's clients print these places; ours are names below the server's own folders.
    String folder = "jobs/" + jobId + '/';
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("job_id", jobId);
    data.put("code", Retcode.SUCCESS);
    data.put(
        "model_info",
        Map.of("model_id", submitted.modelId(), "model_version", submitted.modelVersion()));
    data.put("board_url", Boards.url(base, jobId, submitted.initiator()));
    data.put("logs_directory", "logs/" + jobId);
    data.put("dsl_path", folder + "job_dsl.json");
    data.put("runtime_conf_path", folder + "job_runtime_conf.json");
    data.put("runtime_conf_on_party_path", folder + "job_runtime_on_party_conf.json");
    data.put("train_runtime_conf_path", folder + "train_runtime_conf.json");
    data.put("pipeline_dsl_path", folder + "pipeline_dsl.json");
    return data;
  }

  private static String message(List<Problem> warnings) {
    return warnings.isEmpty()
        ? "success"
        : warnings.stream().map(Problem::toString).collect(Collectors.joining("; ", "[WARN] ", ""));
  }
}
