package io.fedflow.transport.http.v1;

import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Mounted;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.http.wire.Style;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers on those of FATE's client routes that do nothing here, and tells why. Mounted after all
 * that work.
 */
public final class UnbuiltController implements Controller {

  private static final int BAD_REQUEST = 400;
  private static final String LIST = "unbuilt-routes.txt";

  /**
   * Why a route does nothing.
   *
   * @param state for good, or so far
   * @param note a few words
   */
  private record Reason(Mounted.State state, String note) {}

  @Override
  public void mount(Routes routes) {
    Map<String, Reason> reasons = reasons();
    for (ClientRoute route : ClientRoute.all()) {
      for (String method : route.methods()) {
        if (!routes.has(method, route.mountPath())) {
          mount(routes, route, method, reasons.get(route.path()));
        }
      }
    }
    // FATE has one route for all words here, and tells wrong ones by the status.
    routes.post("/v1/data/:module", call -> Future.succeededFuture(noSuchModule(call)));
  }

  private static Envelope noSuchModule(Call call) {
    return Envelope.status(
        BAD_REQUEST, "path: found data/" + call.path("module") + ", allowed data/upload");
  }

  private static void mount(Routes routes, ClientRoute route, String method, Reason reason) {
    if (reason == null) {
      throw new IllegalStateException(route.path() + " is neither built nor in " + LIST);
    }
    Style style = route.file() ? Style.DOWNLOAD : Style.FATE;
    if (reason.state() == Mounted.State.REFUSED) {
      routes.refuse(method, route.mountPath(), style, reason.note());
    } else {
      routes.pending(method, route.mountPath(), style, reason.note());
    }
  }

  private static Map<String, Reason> reasons() {
    Map<String, Reason> reasons = new LinkedHashMap<>();
    for (String line : ClientRoute.lines(LIST)) {
      String[] parts = line.split(" ", 3);
      Mounted.State state =
          parts[0].equals("refused") ? Mounted.State.REFUSED : Mounted.State.PENDING;
      reasons.put(parts[1], new Reason(state, parts[2]));
    }
    return reasons;
  }
}
