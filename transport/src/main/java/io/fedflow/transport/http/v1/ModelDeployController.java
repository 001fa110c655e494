package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.CheckpointStep;
import io.fedflow.model.PipelineModelManager.Deployment;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Failures;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.http.wire.Style;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/model/deploy}: a version that predicts, at all parties of a trained one. */
public final class ModelDeployController implements Controller {

  private static final int NOT_FOUND = 404;

  private final Site site;

  /** Routes onto this site. */
  public ModelDeployController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.post(
        "/v1/model/deploy",
        call ->
            Future.succeededFuture(call)
                .compose(this::deploy)
                .recover(failure -> Future.succeededFuture(refused(call, failure))));
  }

  /**
   * FATE's Pipeline tells its user the data of a refused deployment, and breaks if there is none.
   */
  private static Envelope refused(Call call, Throwable failure) {
    Envelope why = Failures.toEnvelope(failure, Style.FATE, call.requestId());
    return why.data() == null ? why.data(why.retmsg()) : why;
  }

  private Future<Envelope> deploy(Call call) {
    Arguments arguments = call.arguments();
    ModelNamed named = ModelNamed.of(arguments.require("model_id", "model_version"));
    Deployment deployment = deployment(call, arguments);
    return named
        .find(call, site, NOT_FOUND)
        .compose(
            model ->
                call.await(
                    site.pipelineModels().deploy(named.modelId(), named.version(), deployment)))
        .map(made -> ModelOutcomes.envelope(made, "success"));
  }

  /** What a client asks for, checked. */
  static Deployment deployment(Call call, Arguments arguments) {
    return new Deployment(components(arguments), dsl(call, arguments), steps(arguments));
  }

  /** {@code {component: {step_index} or {step_name}}}. */
  private static Map<String, CheckpointStep> steps(Arguments arguments) {
    Map<String, CheckpointStep> steps = new LinkedHashMap<>();
    arguments
        .object("components_checkpoint")
        .orElse(Map.of())
        .forEach(
            (component, step) -> {
              if (!(step instanceof Map<?, ?>)) {
                throw FedflowException.invalid(
                    "argument.type",
                    "components_checkpoint/"
                        + component
                        + ": found no object, allowed one with step_index or step_name");
              }
              steps.put(component, CheckpointController.steps(Arguments.of(step)));
            });
    return steps;
  }

  private static List<String> components(Arguments arguments) {
    List<String> names = new ArrayList<>();
    for (String name : arguments.texts("cpn_list")) {
      if (name.isBlank()) {
        throw FedflowException.invalid(
            "argument.type", "cpn_list: found an empty name, allowed names of components");
      }
      names.add(name.strip());
    }
    return names;
  }

  /** An object or, from FATE's command line, its text. */
  private static Map<String, Object> dsl(Call call, Arguments arguments) {
    String name = arguments.has("predict_dsl") ? "predict_dsl" : "dsl";
    if (!arguments.has(name)) {
      return Map.of();
    }
    Map<String, Object> dsl =
        arguments.all().get(name) instanceof String text
            ? Arguments.of(call.codec().read(text)).all()
            : arguments.object(name).orElseThrow();
    if (new Arguments(dsl).object("components").filter(all -> !all.isEmpty()).isEmpty()) {
      throw FedflowException.invalid(
          "argument.type", name + ": found no components, allowed an object with components");
    }
    return dsl;
  }
}
