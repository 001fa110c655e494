package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.TreeDiff;
import io.fedflow.model.VersionDiff;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /fedflow/v1/models/diff}: two versions at one party of this site beside each other. Asks
 * no other party.
 */
public final class ModelDiffController implements Controller {

  private static final int NOT_FOUND = 404;
  private static final int LIMIT = 20;
  private static final int MOST = 1000;

  private final Site site;

  /** Routes onto this site. */
  public ModelDiffController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.plainPost("/fedflow/v1/models/diff", this::diff);
  }

  private Future<? extends Answer> diff(Call call) {
    Arguments arguments = call.arguments().require("other_version");
    ModelNamed one = ModelNamed.atParty(arguments);
    ModelNamed other =
        new ModelNamed(
            arguments.text("other_model_id").orElse(one.modelId()),
            arguments.requiredText("other_version"),
            one.party());
    int limit = arguments.integer("limit", LIMIT, 1, MOST);
    return one.find(call, site, NOT_FOUND)
        .compose(
            first ->
                other
                    .find(call, site, NOT_FOUND)
                    .compose(second -> call.blocking(() -> told(first, second, limit))))
        .map(Envelope::ok);
  }

  private Map<String, Object> told(PipelineModel one, PipelineModel other, int limit) {
    VersionDiff.Result diff =
        new VersionDiff(site.pipelineModels(), site.models(), site.tracking())
            .of(one, other, limit);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("one", version(one));
    told.put("other", version(other));
    told.put("parameters", told(diff.parameters()));
    Map<String, Object> components = new LinkedHashMap<>();
    diff.components()
        .forEach(
            (name, component) -> {
              Map<String, Object> each = new LinkedHashMap<>();
              each.put("one_module", component.one().orElse(""));
              each.put("other_module", component.other().orElse(""));
              each.putAll(told(component.learned()));
              components.put(name, each);
            });
    told.put("components", components);
    told.put("metrics", told(diff.metrics()));
    return told;
  }

  private static Map<String, Object> version(PipelineModel model) {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("model_id", model.modelId());
    version.put("model_version", model.modelVersion());
    version.put("role", model.party().role().name());
    version.put("party_id", model.party().id());
    version.put("state", model.state().name());
    version.put("parent", model.parent());
    version.put("create_time", model.createTime());
    return version;
  }

  private static Map<String, Object> told(TreeDiff diff) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("values", diff.values());
    told.put("changed", diff.changed());
    told.put("distance", diff.distance());
    diff.largest().ifPresent(change -> told.put("largest", told(change)));
    List<Object> changes = new ArrayList<>();
    diff.changes().forEach(change -> changes.add(told(change)));
    told.put("changes", changes);
    return told;
  }

  /** What one side lacks has no field there. */
  private static Map<String, Object> told(TreeDiff.Change change) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("path", change.path());
    change.one().ifPresent(value -> told.put("one", value));
    change.other().ifPresent(value -> told.put("other", value));
    return told;
  }
}
