package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.data.DataManager;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.data.Stages;
import io.fedflow.data.TableEntry;
import io.fedflow.dsl.TableRef;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** {@code /v1/table/schema}: other names for the columns of a table. */
public final class TableSchemaController implements Controller {

  private final DataManager data;

  /** Routes onto this site. */
  public TableSchemaController(Site site) {
    this.data = site.data();
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/table/schema/update", this::update);
    routes.post("/v1/table/schema/anonymous/migrate", this::migrate);
  }

  private Future<? extends Answer> update(Call call) {
    Arguments arguments = call.arguments().require("schema", "namespace", "name");
    SchemaChange change = new SchemaChange(arguments.object("schema").orElseThrow());
    return changed(call, TableNamed.by(arguments), change::of);
  }

  private Future<? extends Answer> migrate(Call call) {
    Arguments arguments = call.arguments();
    AnonymousMigration migration = AnonymousMigration.of(arguments);
    return changed(call, TableNamed.by(arguments), migration::of);
  }

  private Future<? extends Answer> changed(
      Call call, TableRef table, UnaryOperator<TableSchema> change) {
    return call.blocking(() -> rewrite(table, change))
        .map(entry -> Envelope.ok(TableSchemaTree.of(entry.schema())));
  }

  /** The bytes of a table hold its schema: they are written anew. */
  private TableEntry rewrite(TableRef ref, UnaryOperator<TableSchema> change) throws IOException {
    TableEntry entry =
        Stages.join(data.find(ref.namespace(), ref.name()))
            .orElseThrow(
                () -> Refusal.of(Retcode.ARGUMENT, "table " + ref + " is unknown at this site"));
    StoreRequest request =
        new StoreRequest(
            ref.namespace(),
            ref.name(),
            entry.partitions(),
            entry.origin(),
            true,
            entry.attributes());
    try (TableSource rows = data.open(ref.namespace(), ref.name())) {
      return data.store(request, rows.renamed(change.apply(rows.schema())));
    }
  }
}
