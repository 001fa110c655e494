package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.model.PipelineModel;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.modelfile.ModelArchiveWriter;
import io.fedflow.transport.http.modelfile.ModelFolder;
import io.fedflow.transport.http.modelfile.ModelImport;
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
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /v1/model/store} and {@code restore}: versions in the server's folder of models. */
public final class ModelStoreController implements Controller {

  private static final int NOT_FOUND = 404;

  private final Site site;
  private final ModelArchiveWriter writer;
  private final ModelImport imports;
  private final Optional<ModelFolder> folder;

  /**
   * Routes onto this site.
   *
   * @param folder where versions are kept; empty refuses all
   */
  public ModelStoreController(
      Site site, JsonCodec codec, ModelImport imports, Optional<Path> folder) {
    this.site = site;
    this.writer = new ModelArchiveWriter(site.models(), codec);
    this.imports = imports;
    this.folder = folder.map(ModelFolder::new);
  }

  @Override
  public void mount(Routes routes) {
    routes.downloadByGet("/v1/model/store", this::store);
    routes.downloadByGet("/v1/model/restore", this::restore);
  }

  private Future<? extends Answer> store(Call call) {
    Arguments arguments = call.arguments();
    ModelNamed named = ModelNamed.atParty(arguments);
    boolean replace = arguments.flag("force_update", false);
    ModelFolder into = folder();
    return named
        .find(call, site, NOT_FOUND)
        .compose(
            model ->
                call.blocking(() -> into.store(model, writer, replace))
                    .map(digest -> Envelope.ok(stored(model, digest))));
  }

  private Future<? extends Answer> restore(Call call) {
    Arguments arguments = call.arguments();
    ModelNamed named = ModelNamed.atParty(arguments);
    boolean replace = arguments.flag("force_update", false);
    String expected = arguments.text("sha256").orElse("");
    ModelFolder from = folder();
    return call.blocking(() -> restored(from, named, expected, replace)).map(Envelope::ok);
  }

  private Map<String, Object> restored(
      ModelFolder from, ModelNamed named, String expected, boolean replace) throws IOException {
    Path file =
        from.find(ModelArchiveWriter.fileName(named.party(), named.modelId(), named.version()));
    String digest = ModelFolder.digest(file);
    if (!expected.isEmpty() && !expected.equalsIgnoreCase(digest)) {
      throw Refusal.of(
          Retcode.EXCEPTION,
          "sha256: found another digest than that of the file, which is " + digest);
    }
    PipelineModel model =
        imports.take(
            file, new ModelImport.Target(named.modelId(), named.version(), named.party(), replace));
    return stored(model, digest);
  }

  private static Map<String, Object> stored(PipelineModel model, String digest) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("role", model.party().role().name());
    data.put("party_id", PartyIds.wire(model.party().id()));
    data.put("model_id", model.modelId());
    data.put("model_version", model.modelVersion());
    data.put("sha256", digest);
    return data;
  }

  private ModelFolder folder() {
    return folder.orElseThrow(
        () ->
            Refusal.of(
                Retcode.EXCEPTION,
                "this server has no folder of models: start it with --model-folder; other stores,"
                    + " such as S3, are not there yet"));
  }
}
