package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.data.DataManager;
import io.fedflow.data.Stages;
import io.fedflow.data.TableEntry;
import io.fedflow.dsl.TableRef;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /v1/table}: tables that jobs may not take for now, and the end of them. */
public final class TableSwitchController implements Controller {

  /** So many entries are read at once. */
  private static final int CHUNK = 1000;

  private final DataManager data;

  /** Routes onto this site. */
  public TableSwitchController(Site site) {
    this.data = site.data();
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/table/disable", call -> enable(call, false));
    routes.post("/v1/table/enable", call -> enable(call, true));
    routes.post("/v1/table/disable/delete", this::deleteDisabled);
  }

  private Future<? extends Answer> enable(Call call, boolean enabled) {
    TableRef table = TableNamed.by(call.arguments());
    return call.blocking(() -> data.enable(table.namespace(), table.name(), enabled))
        .map(
            found ->
                found.isPresent()
                    ? Envelope.ok(List.of(tree(found.get())))
                    : Envelope.error(Retcode.ARGUMENT, "table " + table + " is unknown"));
  }

  private Future<? extends Answer> deleteDisabled(Call call) {
    return call.blocking(
            () ->
                disabled().stream()
                    .filter(table -> Stages.join(data.delete(table.namespace(), table.name())))
                    .map(TableSwitchController::tree)
                    .toList())
        .map(
            deleted ->
                deleted.isEmpty()
                    ? Envelope.error(Retcode.ARGUMENT, "no table is disabled")
                    : Envelope.ok(deleted).large());
  }

  /** All of them before any is deleted: deleting would shift the pages. */
  private List<TableEntry> disabled() {
    List<TableEntry> disabled = new ArrayList<>();
    List<TableEntry> page;
    int offset = 0;
    do {
      page = Stages.join(data.list("", offset, CHUNK));
      page.stream().filter(table -> !table.enabled()).forEach(disabled::add);
      offset += page.size();
    } while (page.size() == CHUNK);
    return disabled;
  }

  private static Map<String, Object> tree(TableEntry table) {
    return Map.of("table_name", table.name(), "namespace", table.namespace());
  }
}
