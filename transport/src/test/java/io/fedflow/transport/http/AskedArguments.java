package io.fedflow.transport.http;

import io.fedflow.transport.http.api.RouteArgument;
import io.fedflow.transport.http.api.RouteTexts;
import io.fedflow.transport.http.wire.ArgumentListener;
import io.fedflow.transport.http.wire.ArgumentType;
import io.fedflow.transport.http.wire.Mounted;
import io.fedflow.transport.http.wire.RouteListener;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Which arguments routes asked for so far. Thread-safe. */
final class AskedArguments implements RouteListener {

  private final Map<String, Map<String, RouteArgument>> asked = new ConcurrentHashMap<>();

  @Override
  public ArgumentListener of(Mounted route) {
    Map<String, RouteArgument> ofRoute =
        asked.computeIfAbsent(RouteTexts.key(route), key -> new ConcurrentHashMap<>());
    return (name, type) ->
        ofRoute.merge(name, new RouteArgument(name, type, false), AskedArguments::both);
  }

  /** Notes that a route refused a call that lacked nothing but this. */
  void require(String route, String name) {
    asked.get(route).computeIfPresent(name, (n, a) -> new RouteArgument(n, a.type(), true));
  }

  /** Asking whether it is there tells nothing of its type. */
  private static RouteArgument both(RouteArgument one, RouteArgument other) {
    ArgumentType type = one.type() == ArgumentType.ANY ? other.type() : one.type();
    return new RouteArgument(one.name(), type, one.required() || other.required());
  }

  /** The arguments of a route by name. */
  List<RouteArgument> of(String route) {
    return List.copyOf(new TreeMap<>(asked.getOrDefault(route, Map.of())).values());
  }

  /** A line for each route that asked for any. */
  String text(List<Mounted> routes) {
    StringBuilder text =
        new StringBuilder(
            "# The arguments of each route, with ! where calls without them are refused. Written by"
                + " a\n"
                + "# test from what routes ask for; do not edit, see CONTRIBUTING.md.\n");
    for (Mounted route : routes) {
      List<RouteArgument> arguments = of(RouteTexts.key(route));
      if (!arguments.isEmpty()) {
        text.append(RouteTexts.key(route));
        arguments.forEach(argument -> text.append(' ').append(argument));
        text.append('\n');
      }
    }
    return text.toString();
  }
}
