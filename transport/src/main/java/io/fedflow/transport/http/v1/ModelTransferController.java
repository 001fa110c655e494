package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.party.Party;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.modelfile.ModelBuffers;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;

/** {@code /v1/model/transfer}: what FATE's online inference fetches of a version. */
public final class ModelTransferController implements Controller {

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final Site site;
  private final ModelBuffers buffers;

  /** Routes onto this site. */
  public ModelTransferController(Site site, JsonCodec codec) {
    this.site = site;
    this.buffers = new ModelBuffers(site.models(), codec);
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/model/transfer", this::byBody);
    // A # would end the path.
    routes.post(
        "/v1/model/transfer/:party_model_id/:model_version",
        call ->
            transfer(
                call, call.path("party_model_id").replace('~', '#'), call.path("model_version")));
  }

  private Future<? extends Answer> byBody(Call call) {
    Arguments arguments = call.arguments();
    if (!arguments.has("namespace") || !arguments.has("name")) {
      throw new Refusal(
          Envelope.status(BAD_REQUEST, "required arguments are missing: namespace, name"));
    }
    return transfer(call, arguments.requiredText("namespace"), arguments.requiredText("name"));
  }

  private Future<? extends Answer> transfer(Call call, String partyModelId, String version) {
    return named(partyModelId, version)
        .find(call, site, NOT_FOUND)
        .compose(model -> call.blocking(() -> buffers.of(model)))
        .map(tree -> Envelope.ok(tree).large());
  }

  /** {@code role#id#model id}. */
  private static ModelNamed named(String partyModelId, String version) {
    String[] parts = partyModelId.split("#", 3);
    try {
      if (parts.length == 3) {
        return new ModelNamed(parts[2], version, Party.of(parts[0], parts[1]));
      }
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(Envelope.status(BAD_REQUEST, "namespace: " + wrong.getMessage()));
    }
    throw new Refusal(
        Envelope.status(
            BAD_REQUEST, "namespace: found no role#party_id#model_id, allowed these three"));
  }
}
