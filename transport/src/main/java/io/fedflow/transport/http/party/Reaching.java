package io.fedflow.transport.http.party;

import io.fedflow.transport.http.wire.Call;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Asks all listed parties who they are, some at a time. Confined to one call's event loop. */
final class Reaching {

  private static final int AT_ONCE = 16;

  private final PartyNetwork network;
  private final Call call;

  Reaching(PartyNetwork network, Call call) {
    this.network = network;
    this.call = call;
  }

  /** Completes with the list, each party with {@code reachable} and {@code software} or why not. */
  Future<Map<String, Object>> all(Map<String, Object> list) {
    List<Map<String, Object>> others = new ArrayList<>();
    for (Object entry : (List<?>) list.get("parties")) {
      @SuppressWarnings("unchecked")
      Map<String, Object> party = (Map<String, Object>) entry;
      if (!"own".equals(party.get("source"))) {
        others.add(party);
      }
    }
    Iterator<Map<String, Object>> left = others.iterator();
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < AT_ONCE && left.hasNext(); lane++) {
      lanes.add(next(left));
    }
    return Future.join(lanes).map(list);
  }

  private Future<Void> next(Iterator<Map<String, Object>> left) {
    if (!left.hasNext()) {
      return Future.succeededFuture();
    }
    Map<String, Object> party = left.next();
    return call.await(network.ping(String.valueOf(party.get("party_id")), 1))
        .onSuccess(
            ping -> {
              party.put("reachable", true);
              party.put("address", ping.address().toString());
              party.put("software", ping.peer().software());
            })
        .otherwise(
            failure -> {
              party.put("reachable", false);
              party.put("why", String.valueOf(failure.getMessage()));
              return null;
            })
        .compose(done -> next(left));
  }
}
