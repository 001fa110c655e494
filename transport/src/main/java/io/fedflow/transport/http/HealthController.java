package io.fedflow.transport.http;

import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /health}: whether the process lives, wants requests, and how it started. */
final class HealthController implements Controller {

  private final Supplier<String> notReady;
  private final Supplier<List<StartupStep>> startup;
  private final Supplier<List<String>> warnings;

  HealthController(
      Supplier<String> notReady,
      Supplier<List<StartupStep>> startup,
      Supplier<List<String>> warnings) {
    this.warnings = warnings;
    this.notReady = notReady;
    this.startup = startup;
  }

  @Override
  public void mount(Routes routes) {
    routes.get("/health/live", call -> Future.succeededFuture(Envelope.ok()));
    routes.get("/health/ready", call -> Future.succeededFuture(ready()));
    routes.get("/health/warnings", call -> Future.succeededFuture(warned()));
    routes.get("/health/startup", call -> Future.succeededFuture(started()));
  }

  private Answer ready() {
    String reason = notReady.get();
    if (!reason.isEmpty()) {
      return Envelope.status(503, reason);
    }
    return warnings.get().isEmpty() ? Envelope.ok() : warned();
  }

  private Answer warned() {
    return Envelope.ok(Map.of("warnings", warnings.get()));
  }

  private Answer started() {
    List<StartupStep> steps = startup.get();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("done", steps.stream().allMatch(StartupStep::done));
    data.put("steps", steps.stream().map(HealthController::step).toList());
    return Envelope.ok(data);
  }

  private static Map<String, Object> step(StartupStep step) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", step.name());
    tree.put("millis", step.duration().toNanos() / 1e6);
    tree.put("done", step.done());
    return tree;
  }
}
