package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.job.TaskRow;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelJson;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.BytesAnswer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /v1/tracking/component}: list, parameters, model, summary. */
public final class ComponentController implements Controller {

  private static final String JSON = "application/json";

  private final Site site;
  private final Lookup lookup;

  /** Routes onto this site. */
  public ComponentController(Site site) {
    this.site = site;
    this.lookup = new Lookup(site);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/tracking/component/list", this::list);
    routes.post("/v1/tracking/component/parameters", this::parameters);
    routes.post("/v1/tracking/component/output/model", this::model);
    routes.download("/v1/tracking/component/summary/download", this::summary);
  }

  private Future<? extends Answer> list(Call call) {
    String jobId = call.arguments().requiredText("job_id");
    return lookup
        .plan(call, jobId, Envelope.error(Retcode.EXCEPTION, "no job could be found"))
        .map(plan -> plan.tasks().stream().map(PlannedTask::component).toList())
        .map(names -> Envelope.ok(Map.of("components", names)));
  }

  private Future<? extends Answer> parameters(Call call) {
    return lookup
        .task(call, call.arguments(), Envelope.error(Retcode.ARGUMENT, "no task could be found"))
        .map(
            task -> {
              Map<String, Object> data = new LinkedHashMap<>();
              data.put("module", task.module());
              data.put("ComponentParam", task.params());
              return Envelope.ok(data);
            });
  }

  private Future<? extends Answer> model(Call call) {
    return lookup
        .task(call, call.arguments(), Envelope.ok(Map.of()))
        .compose(task -> call.blocking(() -> model(task)))
        .map(Envelope::large);
  }

  /** FATE looks under the job's own id, also in predict jobs. */
  private Envelope model(TaskRow task) {
    return site.models()
        .load(task.task().jobId(), task.party(), task.task().component())
        .filter(model -> model.endingWith("Param").isPresent())
        .map(ComponentController::model)
        .orElse(Envelope.ok(Map.of()));
  }

  private static Envelope model(ComponentModel model) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("meta_data", model.endingWith("Meta").map(ModelJson::tree).orElse(Map.of()));
    meta.put("module_name", model.module());
    return Envelope.ok(ModelJson.tree(model.param())).meta(meta);
  }

  private Future<? extends Answer> summary(Call call) {
    Arguments arguments = call.arguments().require("job_id", "component_name", "role", "party_id");
    Envelope none = Envelope.status(210, "no summary could be found");
    return lookup
        .task(call, arguments, none)
        .compose(task -> call.await(site.tracking().summary(task.task(), task.party())))
        .map(found -> found.<Answer>map(summary -> summary(call, arguments, summary)).orElse(none));
  }

  private static Answer summary(Call call, Arguments arguments, Map<String, Object> summary) {
    return arguments
        .text("filename")
        .<Answer>map(
            name -> new BytesAnswer(name, JSON, Buffer.buffer(call.codec().write(summary))))
        .orElse(Envelope.ok(summary));
  }
}
