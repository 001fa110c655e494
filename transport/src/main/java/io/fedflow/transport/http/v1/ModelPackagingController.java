package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.data.Digests;
import io.fedflow.model.PipelineModel;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.modelfile.ModelArchiveWriter;
import io.fedflow.transport.http.modelfile.ModelFolder;
import io.fedflow.transport.http.modelfile.PartyModelId;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /v1/model/archive/packaging}: packs a version as an export does, and tells the digest of
 * the file. A server with a folder of models keeps it there; the path that is told is the file's
 * name in that folder.
 */
public final class ModelPackagingController implements Controller {

  private static final int NOT_FOUND = 404;

  private final Site site;
  private final ModelArchiveWriter writer;
  private final Optional<ModelFolder> folder;

  /**
   * Routes onto this site.
   *
   * @param folder where packed models are kept; empty keeps none
   */
  public ModelPackagingController(Site site, JsonCodec codec, Optional<Path> folder) {
    this.site = site;
    this.writer = new ModelArchiveWriter(site.models(), codec);
    this.folder = folder.map(ModelFolder::new);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/model/archive/packaging", this::pack);
  }

  private Future<? extends Answer> pack(Call call) {
    Arguments arguments = call.arguments().require("party_model_id", "model_version");
    PartyModelId id = PartyModelId.parse(arguments.requiredText("party_model_id"));
    String version = arguments.requiredText("model_version");
    return new ModelNamed(id.modelId(), version, id.party())
        .find(call, site, NOT_FOUND)
        .compose(
            model ->
                call.blocking(() -> digest(model)).map(hash -> Envelope.ok(told(model, id, hash))));
  }

  /** The same version always gives the same bytes, so the file may be replaced. */
  private String digest(PipelineModel model) throws IOException {
    if (folder.isPresent()) {
      return folder.get().store(model, writer, true);
    }
    MessageDigest digest = Digests.sha256();
    try (OutputStream out =
        new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
      writer.write(model, out);
    }
    return Digests.hex(digest);
  }

  private Map<String, Object> told(PipelineModel model, PartyModelId id, String hash) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("party_model_id", id.toString());
    data.put("model_version", model.modelVersion());
    data.put("path", ModelArchiveWriter.fileName(model));
    data.put("hash", hash);
    data.put("stored", folder.isPresent());
    return data;
  }
}
