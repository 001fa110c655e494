package io.fedflow.transport.http.export;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.v1.LocalJobs;
import io.fedflow.transport.http.v1.Submissions;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code /v1/data/download} and {@code writer}: jobs that write a stored table as a file, or under
 * another name. Like FATE's they answer with the job.
 */
public final class ExportController implements Controller {

  private final Site site;
  private final Submissions submissions;
  private final ExportFolders folders;

  /**
   * Routes onto this site.
   *
   * @param folders where files may be written
   */
  public ExportController(Site site, List<Path> folders) {
    this.site = site;
    this.submissions = new Submissions(site.pipelines());
    this.folders = new ExportFolders(folders);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/data/download", this::download);
    routes.post("/v1/data/writer", this::write);
  }

  private Future<? extends Answer> download(Call call) {
    Arguments arguments = call.arguments().require("namespace", "table_name", "output_path");
    Map<String, Object> parameters = table(arguments);
    String path = arguments.requiredText("output_path");
    parameters.put("output_path", path);
    arguments.text("delimiter").ifPresent(text -> parameters.put("delimiter", text));
    return submit(call, "download_0", DownloadComponent.MODULE, parameters, path);
  }

  private Future<? extends Answer> write(Call call) {
    Arguments arguments = call.arguments().require("namespace", "table_name");
    Map<String, Object> parameters = table(arguments);
    for (String name : List.of("output_namespace", "output_name", "storage_engine")) {
      arguments.text(name).ifPresent(text -> parameters.put(name, text));
    }
    if (arguments.has("partitions")) {
      parameters.put("partitions", arguments.integer("partitions", 1, 1, 1023));
    }
    Map<String, Object> address = arguments.object("address").orElse(Map.of());
    boolean named = arguments.has("output_name") && arguments.has("output_namespace");
    String path = "";
    if (!named) {
      requireEngine(arguments);
      path = new Arguments(address).requiredText("path");
      parameters.put("address", Map.of("path", path));
    }
    return submit(call, "writer_0", WriterComponent.MODULE, parameters, path);
  }

  private static void requireEngine(Arguments arguments) {
    String engine = arguments.text("storage_engine").orElse("");
    if (!WriterComponent.ENGINES.contains(engine.toUpperCase(Locale.ROOT))) {
      throw FedflowException.invalid(
          "argument.type",
          "storage_engine: found "
              + (engine.isEmpty() ? "none" : "'" + engine + '\'')
              + ", allowed LOCALFS or PATH with address/path, or output_namespace with output_name;"
              + " this server writes to no databases");
    }
  }

  private static Map<String, Object> table(Arguments arguments) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("namespace", arguments.requiredText("namespace"));
    parameters.put("name", arguments.requiredText("table_name"));
    parameters.put(
        "overwrite", arguments.flag("overwrite", false) || arguments.flag("drop", false));
    return parameters;
  }

  /** What cannot be done is refused before there is a job. */
  private Future<? extends Answer> submit(
      Call call, String component, String module, Map<String, Object> parameters, String path) {
    String namespace = String.valueOf(parameters.get("namespace"));
    String name = String.valueOf(parameters.get("name"));
    String party = call.arguments().text("party_id").orElse("0");
    return call.blocking(() -> path.isEmpty() ? null : folders.resolve(path))
        .compose(allowed -> call.await(site.data().find(namespace, name)))
        .compose(
            found -> {
              if (found.isEmpty()) {
                throw Refusal.of(
                    Retcode.EXCEPTION,
                    "table " + name + " of namespace " + namespace + " is not there");
              }
              return submissions.submitAlways(
                  call,
                  LocalJobs.of(component, module, party, parameters),
                  Map.of("table_name", name, "namespace", namespace));
            });
  }
}
