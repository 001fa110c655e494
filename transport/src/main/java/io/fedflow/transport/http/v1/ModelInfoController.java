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
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** {@code /v1/model/query}: the pipeline models of this site. */
public final class ModelInfoController implements Controller {

  private static final String SIZE = "size";
  private static final Envelope NONE = Envelope.error(Retcode.EXCEPTION, "no model could be found");

  private final Site site;
  private final ZoneId zone;

  /** Routes onto this site. */
  public ModelInfoController(Site site, ZoneId zone) {
    this.site = site;
    this.zone = zone;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/model/query", this::query);
    routes.post("/v1/model/query/detail", this::detail);
  }

  private Future<? extends Answer> query(Call call) {
    Arguments arguments = call.arguments();
    List<String> columns = arguments.texts("query_filters");
    return models(call, arguments)
        .compose(
            models ->
                models.isEmpty()
                    ? Future.succeededFuture(NONE)
                    : call.blocking(
                        () ->
                            Envelope.ok(models.stream().map(model -> row(model, columns)).toList())
                                .large()));
  }

  /** All columns, or those that {@code query_filters} names. Blocking. */
  private Map<String, Object> row(PipelineModel model, List<String> columns) {
    Map<String, Object> row = new LinkedHashMap<>(new ModelInfo(model).of(zone));
    if (columns.isEmpty() || columns.contains(SIZE)) {
      row.put(SIZE, ModelInfo.kibibytes(site.models().size(model.modelVersion(), model.party())));
    }
    if (!columns.isEmpty()) {
      row.keySet().retainAll(columns);
    }
    return Columns.prefixed(row);
  }

  private Future<List<PipelineModel>> models(Call call, Arguments arguments) {
    if (RowFilters.selectsNothing(arguments, "model_id", "model_version", "role", "party_id")) {
      return Future.succeededFuture(List.of());
    }
    return call.await(
        site.pipelineModels()
            .list(
                new PipelineModelQuery(
                    arguments.texts("model_id"),
                    arguments.texts("model_version"),
                    arguments.texts("role"),
                    arguments.texts("party_id"))));
  }

  private Future<? extends Answer> detail(Call call) {
    Arguments arguments = call.arguments().require("model_id", "model_version");
    return models(call, arguments)
        .map(models -> models.stream().findFirst().orElseThrow(() -> new Refusal(NONE)))
        .map(model -> Envelope.ok(detail(model)).large());
  }

  private Map<String, Object> detail(PipelineModel model) {
    Predicate<String> here =
        module ->
            site.components()
                .find(module)
                .filter(c -> c.descriptor().roles().contains(model.party().role()))
                .isPresent();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("runtime_conf", model.trainConf());
    detail.put("dsl", model.trainDsl());
    detail.put("inference_dsl", model.predictDsl());
    detail.put("component_info", DslOutline.of(model.trainDsl(), here));
    detail.put("inference_component_info", DslOutline.of(model.predictDsl(), here));
    return detail;
  }
}
