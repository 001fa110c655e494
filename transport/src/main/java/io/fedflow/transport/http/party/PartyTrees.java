package io.fedflow.transport.http.party;

import io.fedflow.identity.PeerIdentity;
import io.fedflow.party.Party;
import io.fedflow.transport.grpc.PeerInfo;
import io.fedflow.transport.grpc.Ping;
import io.fedflow.transport.grpc.Trace;
import io.fedflow.transport.route.LiveRoutes;
import io.fedflow.transport.route.Route;
import io.fedflow.transport.route.RoutingTable;
import io.fedflow.transport.route.SiteAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Routes and answers of other parties as JSON trees. */
final class PartyTrees {

  private PartyTrees() {}

  /** The list of a server without others. */
  static Map<String, Object> nobody() {
    return tree(List.of(), List.of(), List.of(), "");
  }

  /** All routes of a server. */
  static Map<String, Object> list(PartyNetwork network) {
    LiveRoutes routes = network.routes();
    RoutingTable table = routes.get();
    List<Object> parties = new ArrayList<>();
    table
        .routes()
        .forEach(
            (party, route) -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("party_id", Party.documentId(party));
              entry.put("addresses", addresses(route));
              route.identity().ifPresent(pin -> entry.put("identity", pin.text()));
              entry.put("source", source(routes, network, party));
              parties.add(entry);
            });
    return tree(
        new TreeSet<>(network.own()).stream().map(Party::documentId).toList(),
        parties,
        table.otherwise().map(PartyTrees::addresses).orElse(List.of()),
        routes.trouble().map(routes::withoutFolder).orElse(""));
  }

  private static Map<String, Object> tree(
      List<Object> own, List<Object> parties, List<String> otherwise, String trouble) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("own", own);
    tree.put("parties", parties);
    tree.put("default", otherwise);
    tree.put("trouble", trouble);
    return tree;
  }

  /** One file may serve all sites of a federation; a site does not use the way to itself. */
  private static String source(LiveRoutes routes, PartyNetwork network, String party) {
    if (network.own().contains(party)) {
      return "own";
    }
    return routes.fixed(party) ? "option" : "file";
  }

  private static List<String> addresses(Route route) {
    return route.addresses().stream().map(SiteAddress::toString).toList();
  }

  /** What a party's server answered. */
  static Map<String, Object> ping(String party, Ping ping) {
    List<Long> sorted = ping.micros().stream().sorted().toList();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("party_id", Party.documentId(party));
    tree.put("address", ping.address().toString());
    tree.put("software", ping.peer().software());
    tree.put(
        "protocols",
        Map.of("oldest", ping.peer().oldestProtocol(), "newest", ping.peer().newestProtocol()));
    tree.put(
        "party_ids",
        new TreeSet<>(ping.peer().partyIds()).stream().map(Party::documentId).toList());
    ping.certificate().ifPresent(shown -> tree.put("certificate", certificate(shown)));
    tree.put("clock_ahead_ms", ping.aheadMillis());
    tree.put("rounds", sorted.size());
    tree.put("round_trip_ms", sorted.get(sorted.size() / 2) / 1000.0);
    tree.put("least_ms", sorted.get(0) / 1000.0);
    tree.put("most_ms", sorted.get(sorted.size() - 1) / 1000.0);
    return tree;
  }

  private static Map<String, Object> certificate(PeerIdentity shown) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("subject", shown.subject());
    tree.put("party_ids", shown.partyIds().stream().map(Party::documentId).toList());
    tree.put("relay", shown.relay());
    tree.put("sha256", shown.fingerprint());
    tree.put("not_after", shown.notAfter().toString());
    return tree;
  }

  /** The way to a party's server. */
  static Map<String, Object> trace(String party, Set<String> own, Trace trace) {
    List<Object> legs = new ArrayList<>();
    long all = 0;
    String from = new TreeSet<>(own).first();
    for (Trace.Leg leg : trace.legs()) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("from", Party.documentId(from));
      tree.put("to", Party.documentId(leg.to()));
      tree.put("ms", leg.micros() / 1000.0);
      tree.put("reached", leg.reached());
      legs.add(tree);
      all += leg.micros();
      from = leg.to();
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("party_id", Party.documentId(party));
    tree.put("address", trace.address().toString());
    tree.put("legs", legs);
    tree.put("ms", all / 1000.0);
    tree.put("reached", trace.peer().isPresent());
    tree.put("software", trace.peer().map(PeerInfo::software).orElse(""));
    tree.put("why", trace.trouble());
    return tree;
  }
}
