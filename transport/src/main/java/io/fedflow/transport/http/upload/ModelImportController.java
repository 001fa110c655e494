package io.fedflow.transport.http.upload;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Party;
import io.fedflow.transport.http.auth.ClientAuthentication;
import io.fedflow.transport.http.modelfile.ModelFolder;
import io.fedflow.transport.http.modelfile.ModelImport;
import io.fedflow.transport.http.v1.ModelNamed;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /v1/model/import}: a version at one party from a file. */
public final class ModelImportController implements Controller {

  private static final String PATH = "/v1/model/import";
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;

  private final ModelImport imports;
  private final Staging staging;
  private final Receiver receiver;

  /**
   * Routes onto a site.
   *
   * @param staging where files wait
   * @param maxBytes how large a file may be
   */
  public ModelImportController(ModelImport imports, Vertx vertx, Staging staging, long maxBytes) {
    this.imports = imports;
    this.staging = staging;
    this.receiver = new Receiver(vertx.fileSystem(), staging, maxBytes);
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
    routes.downloadByGet(PATH, call -> Future.failedFuture(noFile()));
  }

  private void receive(Routes routes, RoutingContext routing) {
    Call call = routes.callOf(routing);
    receiver
        .receive(routing.request())
        .onComplete(
            received ->
                routes.answer(routing, Style.DOWNLOAD, recorded(routes, routing, call, received)),
            failure -> routes.answer(routing, Style.DOWNLOAD, Future.failedFuture(failure)));
  }

  private Future<? extends Answer> recorded(
      Routes routes, RoutingContext routing, Call call, Receiver.Received received) {
    return Future.succeededFuture()
        .<Answer>compose(
            arrived -> {
              requireSigned(routing, received);
              return routes
                  .audited(routing, PATH, received::form, () -> take(call, received))
                  .map(answer -> answer);
            })
        .onFailure(
            failure -> {
              // What could not be recorded was not even begun.
              if (received.file() != null) {
                staging.delete(received.file());
              }
            });
  }

  private static void requireSigned(RoutingContext routing, Receiver.Received received) {
    Map<String, String> fields = new LinkedHashMap<>();
    received.form().forEach((name, value) -> fields.put(name, String.valueOf(value)));
    ClientAuthentication.verifyForm(routing, fields);
  }

  private Future<? extends Answer> take(Call call, Receiver.Received received) {
    Path file = received.file();
    if (file == null) {
      return Future.failedFuture(noFile());
    }
    return Future.succeededFuture()
        .map(start -> new Arguments(received.form()))
        .compose(form -> call.blocking(() -> taken(file, form)))
        .map(Envelope::ok)
        .recover(ModelImportController::refused)
        .onComplete(done -> staging.delete(file));
  }

  private Map<String, Object> taken(Path file, Arguments form) throws IOException {
    ModelNamed named = ModelNamed.atParty(form);
    String hash = form.text("hash").orElse("");
    if (!hash.isEmpty() && !hash.equalsIgnoreCase(ModelFolder.digest(file))) {
      throw Refusal.of(
          Retcode.EXCEPTION, "hash: found another SHA-256 digest than that of the file");
    }
    PipelineModel model =
        imports.take(
            file,
            new ModelImport.Target(
                named.modelId(), named.version(), named.party(), form.flag("force_update", false)));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("job_id", model.modelVersion());
    data.put("role", model.party().role().name());
    data.put("party_id", Party.documentId(model.party().id()));
    data.put("model_id", model.modelId());
    data.put("model_version", model.modelVersion());
    return data;
  }

  /** FATE tells these by the HTTP status. */
  private static Future<Envelope> refused(Throwable failure) {
    if (failure instanceof FedflowException known) {
      if (known.kind() == FailureKind.CONFLICT) {
        return Future.succeededFuture(Envelope.status(CONFLICT, known.getMessage()));
      }
      if (known.kind() == FailureKind.INVALID) {
        return Future.succeededFuture(Envelope.status(BAD_REQUEST, known.getMessage()));
      }
    }
    return Future.failedFuture(failure);
  }

  private static Refusal noFile() {
    return new Refusal(
        Envelope.status(
            BAD_REQUEST, "import: found no file part, expected the file as multipart part 'file'"));
  }
}
