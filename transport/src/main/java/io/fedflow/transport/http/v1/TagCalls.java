package io.fedflow.transport.http.v1;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.wire.Arguments;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Retcode;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What the routes of tags share. */
final class TagCalls {

  private TagCalls() {}

  /**
   * Runs work on tags with the arguments of a call; FATE has one code for everything that can be
   * wrong with them.
   */
  static Future<Envelope> run(Call call, Function<Arguments, Envelope> work) {
    Arguments arguments = call.arguments();
    return call.blocking(() -> work.apply(arguments)).recover(TagCalls::refused);
  }

  private static Future<Envelope> refused(Throwable failure) {
    return failure instanceof FedflowException known && known.kind() == FailureKind.INVALID
        ? Future.succeededFuture(Envelope.error(Retcode.EXCEPTION, known.getMessage()))
        : Future.failedFuture(failure);
  }

  /** A tag as FATE shows it. */
  static Map<String, Object> tree(String name, String description) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", name);
    tree.put("description", description);
    return tree;
  }
}
