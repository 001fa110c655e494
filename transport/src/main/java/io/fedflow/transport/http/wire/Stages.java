package io.fedflow.transport.http.wire;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.CompletionStage;

/** The crossing from stages to Vert.x futures. */
final class Stages {

  private Stages() {}

  /** Completes on the context; a failure comes without the wrappers of stages. */
  static <T> Future<T> toVertx(CompletionStage<T> stage, Context context) {
    return Future.fromCompletionStage(stage, context)
        .recover(failure -> Future.failedFuture(Failures.unwrap(failure)));
  }
}
