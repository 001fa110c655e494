package io.fedflow.transport.http.upload;

import io.fedflow.Site;
import io.fedflow.transport.http.v1.Submissions;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.http.wire.Style;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code /v1/data/upload}: a file becomes a job that makes it a table. */
public final class UploadController implements Controller {

  private static final String PATH = "/v1/data/upload";

  private final Site site;
  private final Submissions submissions;
  private final Staging staging;
  private final Receiver receiver;
  private final LocalFiles localFiles;

  /**
   * Routes onto this site.
   *
   * @param staging where files wait
   * @param maxBytes how large a file may be
   * @param localFolders folders from which a client may name a file
   */
  public UploadController(
      Site site, Vertx vertx, Staging staging, long maxBytes, List<Path> localFolders) {
    this.site = site;
    this.submissions = new Submissions(site.pipelines());
    this.staging = staging;
    this.receiver = new Receiver(vertx.fileSystem(), staging, maxBytes);
    this.localFiles = new LocalFiles(localFolders);
  }

  @Override
  public void mount(Routes routes) {
    routes
        .router()
        .route(HttpMethod.POST, PATH)
        .handler(
            routing -> {
              if (Receiver.isMultipart(routing.request())) {
                receive(routes, routing);
              } else {
                routing.next();
              }
            });
    routes.post(PATH, this::local);
  }

  private void receive(Routes routes, RoutingContext routing) {
    Call call = routes.callOf(routing);
    receiver
        .receive(routing.request())
        .onComplete(
            received ->
                routes.answer(routing, Style.FATE, recorded(routes, routing, call, received)),
            failure -> routes.answer(routing, Style.FATE, Future.failedFuture(failure)));
  }

  private Future<? extends Answer> recorded(
      Routes routes, RoutingContext routing, Call call, Receiver.Received received) {
    String query = routing.request().query();
    return routes
        .audited(
            routing,
            PATH,
            () -> arguments(call, query, received.form()).all(),
            () -> load(call, query, received))
        .onFailure(
            failure -> {
              // What could not be recorded was not even begun.
              if (received.file() != null) {
                staging.delete(received.file());
              }
            });
  }

  private Future<? extends Answer> load(Call call, String query, Receiver.Received received) {
    Path file = received.file();
    if (file == null) {
      return Future.failedFuture(
          Refusal.of(Retcode.EXCEPTION, "upload: found no file part, expected one named file"));
    }
    return Future.succeededFuture()
        .map(start -> settings(call, query, received.form()))
        .compose(settings -> submit(call, settings, file.getFileName().toString()))
        .onComplete(
            outcome -> {
              String jobId = outcome.succeeded() ? outcome.result().jobId() : null;
              if (jobId == null) {
                staging.delete(file);
              } else {
                staging.deleteAfter(jobId, file);
              }
            });
  }

  private static UploadSettings settings(Call call, String query, Map<String, Object> form) {
    return UploadSettings.of(arguments(call, query, form));
  }

  private static Arguments arguments(Call call, String query, Map<String, Object> form) {
    Arguments fromQuery = new UploadQuery(call.codec()).read(query);
    return fromQuery.has("namespace") || fromQuery.has("table_name")
        ? fromQuery
        : new Arguments(form);
  }

  private Future<? extends Answer> local(Call call) {
    Arguments arguments = call.arguments();
    if (!arguments.has("file") || arguments.flag("use_local_data", true)) {
      throw Refusal.of(
          Retcode.EXCEPTION,
          "upload: found no file part; send the file as multipart part 'file', or name a file of"
              + " the server with use_local_data 0");
    }
    UploadSettings settings = UploadSettings.of(arguments);
    String name = arguments.requiredText("file");
    return call.blocking(() -> localFiles.resolve(name))
        .compose(file -> submit(call, settings, name));
  }

  /** Submits the job; clients see its rows, which therefore hold no path of the server. */
  private Future<Envelope> submit(Call call, UploadSettings settings, String file) {
    return call.await(site.data().find(settings.namespace(), settings.name()))
        .compose(
            found -> {
              if (found.isPresent() && !settings.replace()) {
                throw Refusal.of(
                    Retcode.EXCEPTION,
                    "table "
                        + settings.name()
                        + " of namespace "
                        + settings.namespace()
                        + " exists; upload with drop 1 to replace it");
              }
              return submissions.submitAlways(
                  call,
                  settings.job(file),
                  Map.of("table_name", settings.name(), "namespace", settings.namespace()));
            });
  }
}
