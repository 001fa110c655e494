package io.fedflow.transport.http.upload;

import io.fedflow.Site;
import io.fedflow.data.CsvTables;
import io.fedflow.data.DataManager;
import io.fedflow.data.TableEntry;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code /v1/table/bind} and {@code add}: a file of the server becomes a table. It is read at once:
 * what the file holds later is not seen, so that two attempts of a task never read two tables.
 */
public final class BindController implements Controller {

  private final DataManager data;
  private final LocalFiles files;
  private final Path staging;

  /**
   * Routes onto this site.
   *
   * @param localFolders folders from which a client may name a file
   * @param staging for temporary files
   */
  public BindController(Site site, List<Path> localFolders, Path staging) {
    this.data = site.data();
    this.files = new LocalFiles(localFolders);
    this.staging = staging;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/table/bind", this::bind);
    routes.post("/v1/table/add", this::bind);
  }

  private Future<? extends Answer> bind(Call call) {
    BindSettings settings = BindSettings.of(call.arguments());
    return call.blocking(() -> bind(settings))
        .map(
            entry ->
                Envelope.ok(Map.of("table_name", entry.name(), "namespace", entry.namespace())));
  }

  private TableEntry bind(BindSettings settings) throws IOException {
    Path file = files.resolve(settings.path());
    return CsvTables.store(
            data,
            settings.request(),
            () -> named(Files.newInputStream(file), settings),
            settings.format(),
            staging)
        .entry();
  }

  /** The content behind the header that the client gave in its place. */
  private static InputStream named(InputStream content, BindSettings settings) {
    if (settings.names().isEmpty()) {
      return content;
    }
    String header = String.join(settings.format().delimiter(), settings.names()) + '\n';
    return new SequenceInputStream(
        new ByteArrayInputStream(header.getBytes(StandardCharsets.UTF_8)), content);
  }
}
