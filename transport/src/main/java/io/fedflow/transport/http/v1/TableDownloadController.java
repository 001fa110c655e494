package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.dsl.TableRef;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.http.wire.StreamAnswer;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Map;

/** {@code /v1/table/download}: a stored table to take away. */
public final class TableDownloadController implements Controller {

  private final Site site;
  private final DataArchive archive;

  /** Routes onto this site; CSV files lie below the staging folder. */
  public TableDownloadController(Site site, Path staging) {
    this.site = site;
    this.archive = new DataArchive(site.data(), staging);
  }

  @Override
  public void mount(Routes routes) {
    routes.downloadByGet("/v1/table/download", this::download);
  }

  private Future<? extends Answer> download(Call call) {
    Arguments arguments = call.arguments();
    TableRef table = TableNamed.by(arguments);
    boolean head = arguments.flag("head", true);
    return call.await(site.data().find(table.namespace(), table.name()))
        .compose(
            found -> {
              if (found.isEmpty()) {
                throw new Refusal(Envelope.status(210, "no table could be found"));
              }
              return call.blocking(
                  () -> archive.of(Map.of("table", table), head, Integer.MAX_VALUE));
            })
        .map(
            content ->
                new StreamAnswer(
                    "table_" + table.namespace() + '_' + table.name() + ".tar.gz",
                    "application/gzip",
                    content));
  }
}
