package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.transport.http.modelfile.PartyModelId;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /v1/model/store} and {@code restore}: jobs that put a version into the server's folder of
 * models or into a bucket, and take it back. Like FATE's they answer with the job; its summary and
 * log tell the rest. Other than FATE's they may name a place, of those that the operator allows.
 */
public final class ModelStoreController implements Controller {

  private static final String LOCAL_PARTY = "0";

  private final Submissions submissions;
  private final boolean places;

  /**
   * Routes onto this site.
   *
   * @param places whether the site has components that store models; without them all is refused
   */
  public ModelStoreController(Site site, boolean places) {
    this.submissions = new Submissions(site.pipelines());
    this.places = places;
  }

  @Override
  public void mount(Routes routes) {
    routes.downloadByGet("/v1/model/store", this::store);
    routes.downloadByGet("/v1/model/restore", this::restore);
  }

  private Future<? extends Answer> store(Call call) {
    return submit(call, "modeloperation_store_0", "ModelStore", parameters(call.arguments()));
  }

  private Future<? extends Answer> restore(Call call) {
    Map<String, Object> parameters = parameters(call.arguments());
    call.arguments().text("sha256").ifPresent(digest -> parameters.put("hash_", digest));
    return submit(call, "modeloperation_restore_0", "ModelRestore", parameters);
  }

  private Future<? extends Answer> submit(
      Call call, String component, String module, Map<String, Object> parameters) {
    if (!places) {
      throw Refusal.of(
          Retcode.EXCEPTION,
          "this server has no place for models: start it with --model-folder or --model-bucket");
    }
    return submissions.submitAlways(
        call, LocalJobs.of(component, module, LOCAL_PARTY, parameters), Map.of());
  }

  private static Map<String, Object> parameters(Arguments arguments) {
    ModelNamed named = ModelNamed.atParty(arguments);
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("model_id", new PartyModelId(named.party(), named.modelId()).toString());
    parameters.put("model_version", named.version());
    parameters.put("force_update", arguments.flag("force_update", false));
    arguments.object("store_address").ifPresent(place -> parameters.put("store_address", place));
    return parameters;
  }
}
