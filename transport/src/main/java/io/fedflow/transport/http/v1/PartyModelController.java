package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.PipelineModelManager.Deployment;
import io.fedflow.model.PipelineModelManager.Migration;
import io.fedflow.party.Party;
import io.fedflow.transport.http.modelfile.ModelArchiveWriter;
import io.fedflow.transport.http.modelfile.PartyModelId;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Failures;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /v1/model/deploy/do}, {@code load/do} and {@code migrate/do}: the part of one party of
 * this site alone, as FATE's servers ask each other for it. The policies of the party are asked as
 * they are when all parties do it.
 */
public final class PartyModelController implements Controller {

  private final Site site;

  /** Routes onto this site. */
  public PartyModelController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/model/deploy/do", call -> inFatesCode(call, this::deploy));
    routes.post("/v1/model/load/do", call -> inFatesCode(call, this::load));
    routes.post("/v1/model/migrate/do", call -> inFatesCode(call, this::migrate));
  }

  /** One of the three. */
  @FunctionalInterface
  private interface Part {
    Future<Envelope> of(Call call);
  }

  /** FATE has code 100 for all that a party cannot do, 101 for what was not said. */
  private static Future<? extends Answer> inFatesCode(Call call, Part part) {
    return Future.succeededFuture(call)
        .compose(part::of)
        .recover(
            failure ->
                Failures.unwrap(failure) instanceof FedflowException known
                        && known.kind() != FailureKind.BUG
                        && !known.code().startsWith("argument.")
                    ? Future.succeededFuture(Envelope.error(Retcode.EXCEPTION, known.getMessage()))
                    : Future.failedFuture(failure));
  }

  private static Party local(Arguments arguments) {
    arguments.require("local");
    return PartyIds.party(new Arguments(arguments.object("local").orElseThrow()));
  }

  private Future<Envelope> deploy(Call call) {
    Arguments arguments =
        call.arguments().require("model_id", "model_version", "child_model_version", "local");
    Deployment deployment = ModelDeployController.deployment(call, arguments);
    return call.await(
            site.pipelineModels()
                .deployAt(
                    local(arguments),
                    arguments.requiredText("model_id"),
                    arguments.requiredText("model_version"),
                    version(arguments, "child_model_version"),
                    deployment))
        .map(made -> Envelope.ok());
  }

  private Future<Envelope> load(Call call) {
    Arguments arguments = call.arguments();
    Party local = local(arguments);
    return ModelServingController.named(site, call, arguments)
        .compose(
            named ->
                call.await(site.pipelineModels().loadAt(local, named.modelId(), named.version())))
        .map(
            model -> Envelope.ok(Map.of("served", false)).message(ModelServingController.RECORDED));
  }

  private Future<Envelope> migrate(Call call) {
    Arguments arguments =
        call.arguments()
            .require(
                "migrate_initiator",
                "migrate_role",
                "model_id",
                "model_version",
                "unify_model_version",
                "local");
    Party local = local(arguments);
    version(arguments, "unify_model_version");
    Migration migration = ModelMigrateController.migration(arguments, List.of(local));
    return call.await(
            site.pipelineModels()
                .migrateAt(
                    local,
                    arguments.requiredText("model_id"),
                    arguments.requiredText("model_version"),
                    migration))
        .map(
            made -> {
              Map<String, Object> data = new LinkedHashMap<>();
              data.put("model_id", new PartyModelId(made.party(), made.modelId()).toString());
              data.put("model_version", made.modelVersion());
              // The name under which it is exported; FATE tells a path of the server.
              data.put("path", ModelArchiveWriter.fileName(made));
              return Envelope.ok(data);
            });
  }

  private static String version(Arguments arguments, String name) {
    String version = arguments.requiredText(name);
    if (!version.matches("[A-Za-z0-9_-]{1,100}")) {
      throw FedflowException.invalid(
          "argument.type",
          name
              + ": found "
              + version.length()
              + " characters, allowed 1..100 letters, digits, '_' and '-'");
    }
    return version;
  }
}
