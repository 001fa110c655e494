package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.data.Stages;
import io.fedflow.model.ModelEntry;
import io.fedflow.model.ModelTags;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code /v1/model/tag}: the tags that models may have. */
public final class TagController implements Controller {

  private static final int ALL = 100_000;

  private final Site site;
  private final ModelTags tags;

  /** Routes onto this site. */
  public TagController(Site site) {
    this.site = site;
    this.tags = site.tags();
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/model/tag/create", this::create);
    routes.post("/v1/model/tag/list", this::list);
    routes.post("/v1/model/tag/retrieve", this::retrieve);
    routes.post("/v1/model/tag/update", this::update);
    routes.post("/v1/model/tag/destroy", this::destroy);
  }

  private Future<? extends Answer> create(Call call) {
    return TagCalls.run(
        call,
        arguments -> {
          String name = arguments.requiredText("tag_name");
          tags.create(name, arguments.text("tag_desc").orElse(""));
          return Envelope.ok().message("tag " + name + " was created");
        });
  }

  private Future<? extends Answer> list(Call call) {
    return TagCalls.run(
        call,
        arguments -> {
          int limit = arguments.require("limit").integer("limit", ALL, 1, ALL);
          List<Map<String, Object>> rows =
              tags.all().entrySet().stream()
                  .limit(limit)
                  .map(tag -> counted(tag.getKey(), tag.getValue()))
                  .toList();
          return Envelope.ok(Map.of("tags", rows));
        });
  }

  private Map<String, Object> counted(String name, String description) {
    Map<String, Object> tree = TagCalls.tree(name, description);
    tree.put("model_count", tags.versions(name).size());
    return tree;
  }

  private Future<? extends Answer> retrieve(Call call) {
    return TagCalls.run(
        call,
        arguments -> {
          String name = arguments.requiredText("tag_name");
          return arguments.flag("with_model", false) ? models(name) : named(name);
        });
  }

  private Envelope named(String part) {
    List<Map<String, Object>> rows =
        tags.all().entrySet().stream()
            .filter(tag -> tag.getKey().contains(part))
            .map(tag -> TagCalls.tree(tag.getKey(), tag.getValue()))
            .toList();
    return rows.isEmpty()
        ? Envelope.error(Retcode.EXCEPTION, "no tag has a name with '" + part + "'")
        : Envelope.ok(Map.of("tags", rows));
  }

  private Envelope models(String name) {
    List<Map<String, Object>> rows =
        tags.versions(name).stream().flatMap(this::parts).distinct().toList();
    return Envelope.ok(Map.of("models", rows, "count", rows.size())).large();
  }

  /** One row for each party of a version. */
  private Stream<Map<String, Object>> parts(String version) {
    return Stages.join(site.models().list(version)).stream().map(this::part);
  }

  private Map<String, Object> part(ModelEntry model) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model_id", model.modelId());
    tree.put("model_version", model.modelVersion());
    tree.put(
        "model_size", ModelInfo.kibibytes(site.models().size(model.modelVersion(), model.party())));
    tree.put("role", model.party().role().name());
    tree.put("party_id", model.party().id());
    return tree;
  }

  private Future<? extends Answer> update(Call call) {
    return TagCalls.run(
        call,
        arguments -> {
          String name = arguments.requiredText("tag_name");
          String now = tags.all().getOrDefault(name, "");
          String newName = arguments.text("new_tag_name").orElse(name);
          String newWords = arguments.text("new_tag_desc").orElse(now);
          if (newName.equals(name) && newWords.equals(now)) {
            return Envelope.error(
                Retcode.EXCEPTION, "new_tag_name, new_tag_desc: found nothing that would change");
          }
          tags.change(name, newName, newWords);
          return Envelope.ok().message("tag " + name + " was changed");
        });
  }

  private Future<? extends Answer> destroy(Call call) {
    return TagCalls.run(
        call,
        arguments -> {
          String name = arguments.requiredText("tag_name");
          tags.destroy(name);
          return Envelope.ok().message("tag " + name + " was dropped");
        });
  }
}
