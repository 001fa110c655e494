package io.fedflow.transport.http;

import io.fedflow.transport.http.v1.ClientRoute;
import io.fedflow.transport.http.wire.Mounted;
import java.util.List;
import java.util.Map;

/**
 * The table of all client routes, as the documents show it.
 *
 * @param mounted what a server really has
 * @param tests the test of each path that works
 */
record RouteTable(List<Mounted> mounted, Map<String, String> tests) {

  private static final String HEAD =
      """
      # Client routes

      What the server does on each of the 115 routes that clients of FATE 1.11 may call. Written by a
      test from what a server really has; do not edit, see CONTRIBUTING.md. A route that works has a
      test that calls it over HTTP. A route that is refused does nothing for good, because what it does
      in FATE is not safe; one that is not there yet says what brings it. Both answer with FATE's
      envelope and code 100.

      """;

  /** What a server has at a route; the usual method counts. */
  Mounted at(ClientRoute route) {
    return mounted.stream()
        .filter(m -> m.path().equals(route.mountPath()))
        .filter(m -> m.method().equals(route.methods().get(0)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no route " + route.path()));
  }

  String text() {
    StringBuilder text = new StringBuilder(HEAD);
    text.append("| works | refused | not yet |\n|---|---|---|\n");
    text.append("| ").append(count(Mounted.State.WORKS));
    text.append(" | ").append(count(Mounted.State.REFUSED));
    text.append(" | ").append(count(Mounted.State.PENDING)).append(" |\n\n");
    text.append("Some routes take one of several words and count once for each.\n\n");
    text.append("| # | group | method | path | does | test |\n|---|---|---|---|---|---|\n");
    for (ClientRoute route : ClientRoute.all()) {
      text.append("| ").append(route.number());
      text.append(" | ").append(route.group());
      text.append(" | ").append(String.join(", ", route.methods()));
      text.append(" | `").append(route.path());
      text.append("` | ").append(does(at(route)));
      text.append(" | ").append(test(route)).append(" |\n");
    }
    return text.toString();
  }

  private long count(Mounted.State state) {
    return ClientRoute.all().stream().filter(route -> at(route).state() == state).count();
  }

  private static String does(Mounted route) {
    return switch (route.state()) {
      case WORKS -> "works";
      case REFUSED -> "refused: " + route.note();
      case PENDING -> "not yet: " + route.note();
    };
  }

  private String test(ClientRoute route) {
    return at(route).state() == Mounted.State.WORKS
        ? tests.getOrDefault(route.path(), "none")
        : "RouteTableTest.routesThatDoNothing_tellWhy";
  }
}
