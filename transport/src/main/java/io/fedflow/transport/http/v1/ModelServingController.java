package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelQuery;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /v1/model/load} and {@code bind}: what is to answer online. It is recorded and shown by
 * {@code /v1/model/query}; nothing is served yet, and the answers say so.
 */
public final class ModelServingController implements Controller {

  static final String RECORDED = "recorded, not served yet";

  private final Site site;

  /** Routes onto this site. */
  public ModelServingController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/model/load", this::load);
    routes.post("/v1/model/bind", this::bind);
  }

  private Future<? extends Answer> load(Call call) {
    return named(site, call, call.arguments())
        .compose(model -> call.await(site.pipelineModels().load(model.modelId(), model.version())))
        .map(done -> unserved(ModelOutcomes.envelope(done, RECORDED)).job(done.modelVersion()));
  }

  private Future<? extends Answer> bind(Call call) {
    Arguments arguments = call.arguments();
    String service = arguments.requiredText("service_id");
    return named(site, call, arguments)
        .compose(
            model ->
                call.await(site.pipelineModels().bind(model.modelId(), model.version(), service)))
        .map(model -> unserved(Envelope.ok(bound(model, service))))
        .map(answer -> answer.message("service " + service + ": " + RECORDED));
  }

  private static Map<String, Object> bound(PipelineModel model, String service) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("service_id", service);
    data.put("model_id", model.modelId());
    data.put("model_version", model.modelVersion());
    return data;
  }

  private static Envelope unserved(Envelope envelope) {
    Map<String, Object> data = new LinkedHashMap<>(Arguments.of(envelope.data()).all());
    data.put("served", false);
    return envelope.data(data);
  }

  /** By {@code job_id}, the version, or as confs of FATE's write it. */
  static Future<ModelNamed> named(Site site, Call call, Arguments arguments) {
    if (!arguments.has("job_id")) {
      Map<String, Object> parameters = arguments.object("job_parameters").orElse(Map.of());
      Map<String, Object> common = new Arguments(parameters).object("common").orElse(parameters);
      return Future.succeededFuture(ModelNamed.of(new Arguments(common)));
    }
    String version = arguments.requiredText("job_id");
    return call.await(site.pipelineModels().list(PipelineModelQuery.ofVersion(version)))
        .map(
            models ->
                models.stream()
                    .findFirst()
                    .map(model -> new ModelNamed(model.modelId(), version, null))
                    .orElseThrow(
                        () ->
                            Refusal.of(
                                Retcode.ARGUMENT,
                                "job_id: found '" + version + "', which made no model here")));
  }
}
