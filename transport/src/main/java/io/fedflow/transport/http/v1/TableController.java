package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.data.TableEntry;
import io.fedflow.dsl.TableRef;
import io.fedflow.table.TableSource;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.LinkedHashMap;
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
    TableRef table = TableNamed.by(call.arguments());
    return call.await(site.data().find(table.namespace(), table.name()))
        .map(found -> Envelope.ok(info(table, found)));
  }

  private static Map<String, Object> info(TableRef table, Optional<TableEntry> found) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("table_name", table.name());
    info.put("namespace", table.namespace());
    info.put("exist", found.isPresent() ? 1 : 0);
    info.put("count", found.map(TableEntry::rowCount).orElse(0L));
    found.ifPresent(
        entry -> {
          info.put("partition", entry.partitions());
          info.put("schema", TableSchemaTree.of(entry.schema()));
          info.put("enable", entry.enabled());
          info.put("origin", entry.origin());
          info.put("extend_sid", Boolean.TRUE.equals(entry.attributes().get("extend_sid")));
          info.put("address", Map.of());
        });
    return info;
  }

  private Future<? extends Answer> preview(Call call) {
    Arguments arguments = call.arguments();
    TableRef table = TableNamed.by(arguments);
    int limit = arguments.integer("limit", PREVIEW, 1, PREVIEW);
    return call.await(site.data().find(table.namespace(), table.name()))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Envelope.status(210, "no table could be found"))
                    : call.blocking(() -> preview(table, limit)))
        .map(Envelope::large);
  }

  private Envelope preview(TableRef table, int limit) throws IOException {
    try (TableSource rows = site.data().open(table.namespace(), table.name())) {
      TableText text = new TableText(rows.schema());
      return Envelope.ok(Map.of("header", text.header(), "data", text.rows(rows.collect(limit))));
    }
  }

  private Future<? extends Answer> delete(Call call) {
    TableRef table = TableNamed.by(call.arguments());
    return call.await(site.data().delete(table.namespace(), table.name()))
        .map(
            deleted ->
                deleted
                    ? Envelope.ok(table(table))
                    // The text is compared by FATE's test tool.
                    : Envelope.error(Retcode.ARGUMENT, "no find table"));
  }

  private static Map<String, Object> table(TableRef table) {
    return Map.of("table_name", table.name(), "namespace", table.namespace());
  }
}
