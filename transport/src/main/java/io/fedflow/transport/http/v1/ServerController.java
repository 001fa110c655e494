package io.fedflow.transport.http.v1;

import io.fedflow.dsl.JobSettings;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.party.PartyNetwork;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Refusal;
import io.fedflow.transport.http.wire.Retcode;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.route.LiveRoutes;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/** {@code /v1/server} and {@code /v1/info}: settings and addresses of this server. */
public final class ServerController implements Controller {

  private final String host;
  private final IntSupplier port;
  private final Optional<PartyNetwork> network;

  /**
   * Tells about this server.
   *
   * @param host where others find it
   * @param port its real port, known once it listens
   * @param network how it reaches other parties; empty if it acts for all of them
   */
  public ServerController(String host, IntSupplier port, Optional<PartyNetwork> network) {
    this.host = host;
    this.port = port;
    this.network = network;
  }

  @Override
  public void mount(Routes routes) {
    routes.post("/v1/server/reload", this::reload);
    routes.post("/v1/server/config/job/default", call -> told(Envelope.ok(defaults())));
    routes.post("/v1/info/fateboard", call -> told(Envelope.ok(page())));
    routes.post(
        "/v1/info/eggroll",
        call -> told(Envelope.status(503, "this server computes by itself, without Eggroll")));
  }

  private static Future<? extends Answer> told(Envelope envelope) {
    return Future.succeededFuture(envelope);
  }

  private static Map<String, Object> defaults() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("task_cores", JobSettings.DEFAULT_TASK_CORES);
    defaults.put("task_parallelism", JobSettings.DEFAULT_TASK_PARALLELISM);
    defaults.put("auto_retries", JobSettings.DEFAULT_AUTO_RETRIES);
    defaults.put("timeout", JobSettings.DEFAULT_TIMEOUT.toSeconds());
    defaults.put("priority", JobSettings.DEFAULT_PRIORITY);
    return defaults;
  }

  /**
   * Reads again what a server has in a file: its routes to other parties. All else is given at its
   * start, and stays what it was.
   */
  private Future<? extends Answer> reload(Call call) {
    Future<Boolean> read =
        network.isPresent()
            ? call.blocking(() -> reloaded(network.get().routes()))
            : Future.succeededFuture(false);
    return read.map(changed -> Envelope.ok(valid()));
  }

  /** Clients hear what is wrong, not where the file lies. */
  private static boolean reloaded(LiveRoutes routes) {
    try {
      return routes.reload();
    } catch (FedflowException notGood) {
      throw Refusal.of(Retcode.EXCEPTION, routes.withoutFolder(notGood.getMessage()));
    }
  }

  private static Map<String, Object> valid() {
    Map<String, Object> valid = new LinkedHashMap<>();
    valid.put("job_default_config", defaults());
    valid.put("server_registry", null);
    return valid;
  }

  /** The page of this server itself takes the place of FATE's board. */
  private Map<String, Object> page() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("host", host);
    page.put("port", port.getAsInt());
    return page;
  }
}
