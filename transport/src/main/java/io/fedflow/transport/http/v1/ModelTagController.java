package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.data.Stages;
import io.fedflow.model.ModelTags;
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
import java.util.List;
import java.util.Map;

/** {@code /v1/model/model_tag}: the tags of one model, which its job names. */
public final class ModelTagController implements Controller {

  private final Site site;
  private final ModelTags tags;

  /** Routes onto this site. */
  public ModelTagController(Site site) {
    this.site = site;
    this.tags = site.tags();
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/model/model_tag/retrieve", this::retrieve);
    routes.post("/v1/model/model_tag/create", this::create);
    routes.post("/v1/model/model_tag/remove", this::remove);
  }

  private Future<? extends Answer> retrieve(Call call) {
    return TagCalls.run(
        call,
        arguments -> {
          String version = model(arguments);
          Map<String, String> all = tags.all();
          List<Map<String, Object>> rows =
              tags.of(version).stream()
                  .map(name -> TagCalls.tree(name, all.getOrDefault(name, "")))
                  .toList();
          return Envelope.ok(Map.of("tags", rows, "count", rows.size()));
        });
  }

  private Future<? extends Answer> create(Call call) {
    return TagCalls.run(
        call,
        arguments -> {
          String name = arguments.requiredText("tag_name");
          String version = model(arguments);
          tags.add(version, name);
          return Envelope.ok().message("model " + version + " has the tag " + name);
        });
  }

  private Future<? extends Answer> remove(Call call) {
    return TagCalls.run(
        call,
        arguments -> {
          String name = arguments.requiredText("tag_name");
          String version = model(arguments);
          tags.remove(version, name);
          return Envelope.ok().message("model " + version + " has the tag " + name + " no more");
        });
  }

  private String model(Arguments arguments) {
    String version = arguments.requiredText("job_id");
    if (Stages.join(site.pipelineModels().list(PipelineModelQuery.ofVersion(version))).isEmpty()) {
      throw Refusal.of(Retcode.EXCEPTION, "job_id: found '" + version + "', which made no model");
    }
    return version;
  }
}
