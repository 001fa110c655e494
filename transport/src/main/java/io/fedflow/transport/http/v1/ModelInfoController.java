package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.data.Stages;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.model.ModelEntry;
import io.fedflow.party.Party;
import io.fedflow.spi.JobQuery;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /v1/model/query}: the pipeline models that jobs of this site trained. */
public final class ModelInfoController implements Controller {

  private static final int ALL = 100_000;

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
    return call.blocking(() -> infos(arguments))
        .map(
            infos ->
                infos.isEmpty()
                    ? NONE
                    : Envelope.ok(infos.stream().map(info -> row(info, columns)).toList()).large());
  }

  /** All columns, or those that {@code query_filters} names. */
  private Map<String, Object> row(ModelInfo info, List<String> columns) {
    Map<String, Object> row = new LinkedHashMap<>(info.of(zone));
    if (!columns.isEmpty()) {
      row.keySet().retainAll(columns);
    }
    return Columns.prefixed(row);
  }

  private List<ModelInfo> infos(Arguments arguments) {
    if (RowFilters.selectsNothing(arguments, "model_id", "model_version", "role", "party_id")) {
      return List.of();
    }
    JobQuery trained =
        new JobQuery(
            arguments.texts("model_version"),
            arguments.texts("role"),
            arguments.texts("party_id"),
            Set.of(JobStatus.SUCCESS),
            true,
            0,
            ALL);
    List<String> modelIds = arguments.texts("model_id");
    List<ModelInfo> infos = new ArrayList<>();
    for (JobRow job : Stages.join(site.tracking().jobs(trained))) {
      if ((modelIds.isEmpty() || modelIds.contains(job.modelId()))
          && job.modelVersion().equals(job.jobId())) {
        List<ModelEntry> own = models(job);
        if (!own.isEmpty()) {
          infos.add(new ModelInfo(job, own));
        }
      }
    }
    return infos;
  }

  private List<ModelEntry> models(JobRow job) {
    return Stages.join(site.models().list(job.jobId())).stream()
        .filter(model -> model.party().equals(job.party()))
        .toList();
  }

  private Future<? extends Answer> detail(Call call) {
    Arguments arguments = call.arguments().require("model_id", "model_version");
    return call.blocking(() -> infos(arguments))
        .map(infos -> infos.stream().findFirst().orElseThrow(() -> new Refusal(NONE)))
        .compose(info -> call.blocking(() -> detail(info)))
        .map(tree -> Envelope.ok(tree).large());
  }

  private Map<String, Object> detail(ModelInfo info) {
    JobPlan plan =
        Stages.join(site.pipelines().planOf(info.job().jobId()))
            .orElseThrow(() -> new Refusal(NONE));
    List<Map<String, Object>> components = components(plan, info.job().party());
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("runtime_conf", info.job().conf());
    detail.put("dsl", info.job().dsl());
    detail.put("inference_dsl", info.job().dsl());
    detail.put("component_info", components);
    detail.put("inference_component_info", components);
    return detail;
  }

  private static List<Map<String, Object>> components(JobPlan plan, Party party) {
    return plan.tasks().stream()
        .filter(task -> task.runsAt(party))
        .map(ModelInfoController::component)
        .collect(Collectors.toList());
  }

  private static Map<String, Object> component(PlannedTask task) {
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("component_name", task.component());
    component.put("module", task.module());
    component.put("index", task.stage());
    return component;
  }
}
