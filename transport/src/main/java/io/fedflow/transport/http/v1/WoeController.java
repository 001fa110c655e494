package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Role;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /v1/component/woe_array}: a guest hands weights of evidence over to a host. */
public final class WoeController implements Controller {

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final Site site;

  /** Routes onto this site. */
  public WoeController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/component/woe_array/extract", this::extract);
    routes.post("/v1/component/woe_array/merge", this::merge);
  }

  private Future<? extends Answer> extract(Call call) {
    Arguments arguments = required(call.arguments(), Role.GUEST);
    String component = arguments.requiredText("component_name");
    return ModelNamed.atParty(arguments)
        .find(call, site, NOT_FOUND)
        .compose(model -> call.blocking(() -> told(() -> WoeArrays.of(learned(model, component)))))
        .map(arrays -> Envelope.ok(arrays).large());
  }

  private Future<? extends Answer> merge(Call call) {
    Arguments arguments = required(call.arguments(), Role.HOST);
    String component = arguments.requiredText("component_name");
    Map<String, Object> arrays = told(() -> arrays(call, arguments));
    return ModelNamed.atParty(arguments)
        .find(call, site, NOT_FOUND)
        .compose(
            model ->
                call.blocking(
                    () ->
                        told(
                            () ->
                                site.pipelineModels()
                                    .amend(
                                        model,
                                        WoeArrays.into(
                                            learned(model, component), model.party(), arrays)))))
        .map(made -> Envelope.ok(tree(made, component)));
  }

  /** FATE's program sends the text of a file or what the text says. */
  private static Map<String, Object> arrays(Call call, Arguments arguments) {
    Object given = arguments.require("woe_array").all().get("woe_array");
    Object tree = given instanceof String text ? call.codec().read(text) : given;
    if (!(tree instanceof Map<?, ?>)) {
      throw FedflowException.invalid(
          "woe.array", "woe_array: found no object, allowed column name to a list of numbers");
    }
    return Arguments.of(tree).all();
  }

  private ComponentModel learned(PipelineModel model, String component) {
    return site.models()
        .load(model.modelVersion(), model.party(), component)
        .orElseThrow(
            () ->
                new Refusal(
                    Envelope.status(
                        NOT_FOUND,
                        "component_name: "
                            + component
                            + " has no model of version "
                            + model.modelVersion()
                            + " at "
                            + model.party())));
  }

  private static Arguments required(Arguments arguments, Role role) {
    return told(
        () -> {
          arguments.require("model_id", "model_version", "role", "party_id", "component_name");
          String found = arguments.requiredText("role");
          if (!found.equals(role.name())) {
            throw FedflowException.invalid(
                "argument.type", "role: found '" + found + "', allowed " + role);
          }
          return arguments;
        });
  }

  /** FATE tells wrong arguments of these routes by the status. */
  private static <T> T told(Supplier<T> what) {
    try {
      return what.get();
    } catch (FedflowException wrong) {
      throw wrong.kind() == FailureKind.INVALID
          ? new Refusal(Envelope.status(BAD_REQUEST, wrong.getMessage()))
          : wrong;
    }
  }

  private static Map<String, Object> tree(PipelineModel made, String component) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("role", made.party().role().name());
    tree.put("party_id", PartyIds.wire(made.party().id()));
    tree.put("model_id", made.modelId());
    tree.put("model_version", made.modelVersion());
    tree.put("component_name", component);
    return tree;
  }
}
