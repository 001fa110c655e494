package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.Map;

/** {@code /fedflow/v1/models/delete}: FATE's clients of version 1 cannot delete a model. */
public final class ModelDeleteController implements Controller {

  private static final int NOT_FOUND = 404;

  private final Site site;

  /** Routes onto this site. */
  public ModelDeleteController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.plainPost("/fedflow/v1/models/delete", this::delete);
  }

  private Future<? extends Answer> delete(Call call) {
    ModelNamed named = ModelNamed.atParty(call.arguments());
    return named
        .find(call, site, NOT_FOUND)
        .compose(model -> call.await(site.pipelineModels().delete(named.version(), model.party())))
        .map(
            model ->
                Envelope.ok(
                    Map.of("model_id", model.modelId(), "model_version", model.modelVersion())));
  }
}
