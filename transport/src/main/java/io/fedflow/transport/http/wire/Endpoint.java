package io.fedflow.transport.http.wire;

import io.vertx.core.Future;

/** One route: decodes a call, makes one call into a manager, encodes the answer. */
@FunctionalInterface
public interface Endpoint {

  /** Called on an event loop; must not block it. May throw: that is a failed answer. */
  Future<? extends Answer> handle(Call call);
}
