package io.fedflow.transport.http.wire;

import io.fedflow.audit.Actor;
import io.fedflow.audit.AuditTrail;
import io.fedflow.audit.AuditTrail.Ending;
import io.fedflow.spi.AuditLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Records what clients ask of routes before it is done, and how it went. Thread-safe. */
public final class Auditing {

  /** Under this key a request carries the app key that its client proved, if it did. */
  public static final String APP_KEY = "fedflow.app-key";

  private final AuditTrail trail;
  private final AuditedRoutes routes = AuditedRoutes.load();

  /**
   * Records in this log.
   *
   * @param log null records nothing
   */
  public Auditing(AuditLog log) {
    this.trail = log == null ? null : new AuditTrail(log);
  }

  /**
   * Does what a route does.
   *
   * @param arguments tell about what, path parameters aside
   * @param work run on the given context
   */
  Future<? extends Answer> around(
      RoutingContext routing,
      Context context,
      Mounted route,
      Supplier<Map<String, Object>> arguments,
      Supplier<Future<? extends Answer>> work) {
    AuditedRoutes.Action action =
        trail == null ? null : routes.action(route.method(), route.path()).orElse(null);
    if (action == null) {
      return work.get();
    }
    String subject = subject(action, routing.pathParams(), arguments);
    return Stages.toVertx(
        trail.<Answer>around(
            who(routing),
            action.name(),
            subject,
            () -> on(context, work).toCompletionStage(),
            answer -> ending(answer, subject)),
        context);
  }

  /** The work belongs to the event loop of its request, not to the thread of the log. */
  private static Future<? extends Answer> on(
      Context context, Supplier<Future<? extends Answer>> work) {
    Promise<Answer> answered = Promise.promise();
    context.runOnContext(
        turn -> {
          try {
            work.get().onComplete(answered::complete, answered::fail);
          } catch (RuntimeException thrown) {
            answered.fail(thrown);
          }
        });
    return answered.future();
  }

  /** Who sent a request. */
  static Actor who(RoutingContext routing) {
    return Actor.client(
        routing.get(APP_KEY, ""),
        routing.request().remoteAddress() == null
            ? ""
            : routing.request().remoteAddress().hostAddress());
  }

  private static String subject(
      AuditedRoutes.Action action,
      Map<String, String> path,
      Supplier<Map<String, Object>> arguments) {
    if (action.about().isEmpty()) {
      return "";
    }
    Map<String, Object> given = given(arguments);
    return action.about().stream()
        .map(name -> path.containsKey(name) ? path.get(name) : text(given.get(name)))
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" "));
  }

  private static Map<String, Object> given(Supplier<Map<String, Object>> arguments) {
    try {
      return arguments.get();
    } catch (RuntimeException malformed) {
      // The route tells.
      return Map.of();
    }
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Auditing::text).collect(Collectors.joining(","));
    }
    return value == null || value instanceof Map ? null : value.toString();
  }

  private static Ending ending(Answer answer, String subject) {
    if (!(answer instanceof Envelope envelope)) {
      return Ending.DONE;
    }
    if (envelope.retcode() != Retcode.SUCCESS) {
      return Ending.refused(envelope.retmsg());
    }
    if (envelope.jobId() == null || subject.contains(envelope.jobId())) {
      return Ending.DONE;
    }
    return Ending.done(subject.isEmpty() ? envelope.jobId() : subject + " by " + envelope.jobId());
  }
}
