package io.fedflow.transport.http.v1;

import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.FileAnswer;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code /v1/template/download}: examples to take away. */
public final class TemplateController implements Controller {

  private final List<Template> templates;
  private final Path staging;

  /** Gives these examples; archives are packed below the staging folder. */
  public TemplateController(List<Template> templates, Path staging) {
    this.templates = templates;
    this.staging = staging;
  }

  @Override
  public void mount(Routes routes) {
    routes.download("/v1/template/download", this::download);
  }

  private Future<? extends Answer> download(Call call) {
    // FATE leaves its large tables out if asked to. There are none here: both answers are the same.
    call.arguments().flag("min_data", false);
    return call.blocking(this::pack)
        .map(file -> new FileAnswer("template.tar.gz", "application/gzip", file));
  }

  private Path pack() throws Exception {
    try (TarGz archive = new TarGz(staging)) {
      for (Template template : templates) {
        try (InputStream in = template.content().open()) {
          Files.copy(in, archive.file(template.path().toArray(String[]::new)));
        }
      }
      return archive.pack();
    }
  }
}
