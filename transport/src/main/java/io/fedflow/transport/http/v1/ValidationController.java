package io.fedflow.transport.http.v1;

import io.fedflow.Site;
import io.fedflow.component.Component;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Failures;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** {@code /v1/component/validate}: whether a component takes these parameters. */
public final class ValidationController implements Controller {

  private static final int BAD_REQUEST = 400;

  private final Site site;

  /** Checks against the components of this site. */
  public ValidationController(Site site) {
    this.site = site;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/component/validate", this::validate);
  }

  private Future<? extends Answer> validate(Call call) {
    Arguments arguments = call.arguments();
    ParameterValidation validation = new ParameterValidation(arguments);
    PartyIds.of(arguments.requiredText("role"), "1");
    Optional<Problem> module = wrongModule(arguments);
    return call.blocking(
            () -> module.map(List::of).orElseGet(() -> validation.problems(site.pipelines())))
        .map(problems -> problems.isEmpty() ? Envelope.ok() : refused(problems));
  }

  private Optional<Problem> wrongModule(Arguments arguments) {
    String module = arguments.requiredText("component_module_name");
    String role = arguments.requiredText("role");
    Optional<Component> known =
        site.components().names().stream()
            .filter(name -> name.equalsIgnoreCase(module))
            .findFirst()
            .flatMap(site.components()::find);
    if (known.isEmpty()) {
      return Optional.of(
          new Problem(
              "component_module_name",
              "unknown module",
              module,
              "one of " + site.components().names()));
    }
    List<String> roles =
        known.get().descriptor().roles().stream().map(r -> r.name()).sorted().toList();
    return roles.contains(role)
        ? Optional.empty()
        : Optional.of(
            new Problem("role", "the module does not run in this role", role, "one of " + roles));
  }

  private static Envelope refused(List<Problem> problems) {
    return Envelope.status(BAD_REQUEST, new ProblemsException(problems).getMessage())
        .data(Failures.problems(problems));
  }
}
