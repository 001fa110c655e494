package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Party;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * A version of a model as a client names it.
 *
 * @param modelId the model's id
 * @param version its version
 * @param party at which party; null for the one that leads here
 */
public record ModelNamed(String modelId, String version, Party party) {

  /** A version at a party; all four are required. */
  public static ModelNamed atParty(Arguments arguments) {
    arguments.require("model_id", "model_version", "role", "party_id");
    return of(arguments);
  }

  /** A version at a party, if one is named. */
  static ModelNamed of(Arguments arguments) {
    arguments.require("model_id", "model_version");
    boolean named = arguments.has("role") && arguments.has("party_id");
    return new ModelNamed(
        arguments.requiredText("model_id"),
        arguments.requiredText("model_version"),
        named ? PartyIds.party(arguments) : null);
  }

  /** Finds it here; refused with this HTTP status if there is none. */
  public Future<PipelineModel> find(Call call, Site site, int status) {
    Future<Optional<PipelineModel>> found =
        party == null
            ? call.await(site.pipelineModels().leading(modelId, version)).map(Optional::of)
            : call.await(site.pipelineModels().find(version, party));
    return found
        .map(model -> model.filter(m -> m.modelId().equals(modelId)))
        .map(model -> model.orElseThrow(() -> missing(status)))
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof io.fedflow.failure.FedflowException known
                            && known.code().equals("model.unknown")
                        ? missing(status)
                        : failure));
  }

  private Refusal missing(int status) {
    return new Refusal(
        Envelope.status(
            status,
            "this site has no model "
                + modelId
                + " of version "
                + version
                + (party == null ? "" : " at " + party)));
  }
}
