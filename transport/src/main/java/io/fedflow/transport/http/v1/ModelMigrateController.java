package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.PipelineModelManager.Migration;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /v1/model/migrate}: a version under other party ids, to be exported and imported there.
 */
public final class ModelMigrateController implements Controller {

  private final Site site;

  /** Routes onto this site. */
  public ModelMigrateController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/model/migrate", this::migrate);
  }

  private Future<? extends Answer> migrate(Call call) {
    Arguments arguments =
        call.arguments()
            .require(
                "migrate_initiator",
                "role",
                "migrate_role",
                "model_id",
                "model_version",
                "execute_party");
    Migration migration = migration(arguments, parties(arguments, "execute_party").all());
    return call.await(
            site.pipelineModels()
                .migrate(
                    arguments.requiredText("model_id"),
                    arguments.requiredText("model_version"),
                    migration))
        .map(
            made ->
                ModelOutcomes.envelope(
                        made, "success; export the new versions where they were made")
                    .job(made.modelVersion()))
        .recover(ModelMigrateController::refused);
  }

  /** Who takes whose place, as a client says. */
  static Migration migration(Arguments arguments, List<Party> executing) {
    return new Migration(
        parties(arguments, "migrate_role"),
        PartyIds.party(new Arguments(arguments.object("migrate_initiator").orElseThrow())),
        executing,
        version(arguments));
  }

  /** FATE has code 100 for parties that do not fit. */
  private static Future<Envelope> refused(Throwable failure) {
    return failure instanceof FedflowException known && known.code().equals("model.migration")
        ? Future.succeededFuture(Envelope.error(Retcode.EXCEPTION, known.getMessage()))
        : Future.failedFuture(failure);
  }

  private static String version(Arguments arguments) {
    String version = arguments.text("unify_model_version").orElse("");
    if (!version.matches("[A-Za-z0-9_-]{0,100}")) {
      throw FedflowException.invalid(
          "argument.type",
          "unify_model_version: found "
              + version.length()
              + " characters, allowed up to 100 letters, digits, '_' and '-'");
    }
    return version;
  }

  private static Parties parties(Arguments arguments, String name) {
    Map<Role, List<String>> byRole = new LinkedHashMap<>();
    Arguments roles = new Arguments(arguments.object(name).orElseThrow());
    try {
      roles
          .all()
          .keySet()
          .forEach(
              role ->
                  byRole.put(
                      new Role(role),
                      roles.texts(role).stream().map(id -> Party.of(role, id).id()).toList()));
      return new Parties(byRole);
    } catch (IllegalArgumentException wrong) {
      throw FedflowException.invalid("argument.type", name + ": " + wrong.getMessage());
    }
  }
}
