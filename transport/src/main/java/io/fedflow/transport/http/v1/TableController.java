package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.data.TableEntry;
import io.fedflow.table.TableKind;
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
import java.util.Optional;

/** {@code /v1/table}: what is stored. */
public final class TableController implements Controller {

  private static final int PREVIEW = 100;

  private final Site site;

  /** Routes onto this site. */
  public TableController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/table/table_info", this::info);
    routes.post("/v1/table/preview", this::preview);
    routes.post("/v1/table/delete", this::delete);
  }

  private Future<? extends Answer> info(Call call) {
    Arguments arguments = call.arguments();
    String namespace = arguments.requiredText("namespace");
    String name = name(arguments);
    return call.await(site.data().find(namespace, name))
        .map(found -> Envelope.ok(info(namespace, name, found)));
  }

  private static Map<String, Object> info(
      String namespace, String name, Optional<TableEntry> found) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("table_name", name);
    info.put("namespace", namespace);
    info.put("exist", found.isPresent() ? 1 : 0);
    info.put("count", found.map(TableEntry::rowCount).orElse(0L));
    found.ifPresent(
        entry -> {
          info.put("partition", entry.partitions());
          info.put("schema", schema(entry));
          info.put("enable", true);
          info.put("origin", entry.origin());
          info.put("extend_sid", Boolean.TRUE.equals(entry.attributes().get("extend_sid")));
          info.put("address", Map.of());
        });
    return info;
  }

  /** Raw tables have their header as one text, others as a list. */
  private static Map<String, Object> schema(TableEntry entry) {
    List<String> header = entry.schema().header();
    boolean raw = entry.schema().kind() == TableKind.RAW;
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("header", raw ? String.join(entry.schema().delimiter(), header) : header);
    schema.put("sid", entry.schema().idName());
    entry.schema().labelName().ifPresent(label -> schema.put("label_name", label));
    if (!raw) {
      schema.put("anonymous_header", entry.schema().anonymousHeader());
    }
    return schema;
  }

  private Future<? extends Answer> preview(Call call) {
    Arguments arguments = call.arguments();
    String namespace = arguments.requiredText("namespace");
    String name = name(arguments);
    int limit = arguments.integer("limit", PREVIEW, 1, PREVIEW);
    return call.await(site.data().find(namespace, name))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Envelope.status(210, "no table could be found"))
                    : call.blocking(() -> preview(namespace, name, limit)))
        .map(Envelope::large);
  }

  private Envelope preview(String namespace, String name, int limit) {
    TableText text = new TableText(site.data().read(namespace, name));
    return Envelope.ok(Map.of("header", text.header(), "data", text.rows(limit)));
  }

  private Future<? extends Answer> delete(Call call) {
    Arguments arguments = call.arguments();
    String namespace = arguments.requiredText("namespace");
    String name = name(arguments);
    return call.await(site.data().delete(namespace, name))
        .map(
            deleted ->
                deleted
                    ? Envelope.ok(Map.of("table_name", name, "namespace", namespace))
                    // The text is compared by FATE's test tool.
                    : Envelope.error(Retcode.ARGUMENT, "no find table"));
  }

  private static String name(Arguments arguments) {
    return arguments.text("table_name").orElseGet(() -> arguments.requiredText("name"));
  }
}
