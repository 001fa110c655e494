package io.fedflow.transport.http.party;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.transport.http.wire.Answer;
import io.fedflow.transport.http.wire.Call;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Envelope;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.route.LiveRoutes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /fedflow/v1/parties}: where other parties are and whether they can be reached. A server
 * that acts for every party itself knows no others.
 */
public final class PartiesController implements Controller {

  private static final int USUAL_ROUNDS = 5;
  private static final int MOST_ROUNDS = 100;

  private final Optional<PartyNetwork> network;

  /**
   * Tells about this network.
   *
   * @param network empty if this server acts for every party itself
   */
  public PartiesController(Optional<PartyNetwork> network) {
    this.network = network;
  }

  @Override
  public void mount(Routes routes) {
    routes.get("/fedflow/v1/parties", this::list);
    routes.plainPost("/fedflow/v1/parties/reload", this::reload);
    routes.plainPost("/fedflow/v1/parties/:party/ping", this::ping);
    routes.plainPost("/fedflow/v1/parties/:party/trace", this::trace);
  }

  private Future<? extends Answer> list(Call call) {
    boolean reach = call.query().flag("reach", false);
    if (network.isEmpty()) {
      return Future.succeededFuture(Envelope.ok(PartyTrees.nobody()));
    }
    Map<String, Object> tree = PartyTrees.list(network.get());
    return reach
        ? new Reaching(network.get(), call).all(tree).map(Envelope::ok)
        : Future.succeededFuture(Envelope.ok(tree));
  }

  private Future<? extends Answer> reload(Call call) {
    LiveRoutes routes = required().routes();
    return call.blocking(() -> reloaded(routes))
        .map(
            changed ->
                Envelope.ok(
                    Map.of(
                        "changed",
                        changed,
                        "parties",
                        List.copyOf(routes.get().routes().keySet()))));
  }

  private static boolean reloaded(LiveRoutes routes) {
    try {
      return routes.reload();
    } catch (FedflowException notGood) {
      throw new FedflowException(
          notGood.kind(), notGood.code(), routes.withoutFolder(notGood.getMessage()));
    }
  }

  private Future<? extends Answer> ping(Call call) {
    int rounds = call.arguments().integer("rounds", USUAL_ROUNDS, 1, MOST_ROUNDS);
    String party = other(call);
    return call.await(required().ping(party, rounds))
        .map(ping -> Envelope.ok(PartyTrees.ping(party, ping)));
  }

  private Future<? extends Answer> trace(Call call) {
    String party = other(call);
    PartyNetwork found = required();
    return call.await(found.trace(party))
        .map(trace -> Envelope.ok(PartyTrees.trace(party, found.own(), trace)));
  }

  private String other(Call call) {
    String party = Party.requireId(call.path("party"));
    if (required().own().contains(party)) {
      throw FedflowException.invalid(
          "party.own", "this server acts for party " + party + " itself");
    }
    return party;
  }

  private PartyNetwork required() {
    return network.orElseThrow(
        () ->
            FedflowException.invalid(
                "party.own",
                "this server acts for every party itself; start it with --party to have others"));
  }
}
