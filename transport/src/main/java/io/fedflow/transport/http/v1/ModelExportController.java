package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.model.PipelineModel;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.modelfile.ModelArchiveWriter;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.FileAnswer;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code /v1/model/export}: a version at one party to take away. */
public final class ModelExportController implements Controller {

  private static final int NOT_FOUND = 404;

  private final Site site;
  private final Path staging;
  private final ModelArchiveWriter writer;

  /** Routes onto this site; files are packed below the staging folder. */
  public ModelExportController(Site site, JsonCodec codec, Path staging) {
    this.site = site;
    this.staging = staging;
    this.writer = new ModelArchiveWriter(site.models(), codec);
  }

  @Override
  public void mount(Routes routes) {
    routes.downloadByGet("/v1/model/export", this::export);
  }

  private Future<? extends Answer> export(Call call) {
    return ModelNamed.atParty(call.arguments())
        .find(call, site, NOT_FOUND)
        .compose(
            model ->
                call.blocking(() -> pack(model))
                    .map(
                        file ->
                            new FileAnswer(
                                ModelArchiveWriter.fileName(model), "application/zip", file)));
  }

  private Path pack(PipelineModel model) throws IOException {
    Path file = Files.createTempFile(staging, "export-", ".zip");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      writer.write(model, out);
    } catch (IOException | RuntimeException failed) {
      Files.deleteIfExists(file);
      throw failed;
    }
    return file;
  }
}
