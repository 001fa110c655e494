package io.fedflow.transport.registry;

import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.spi.SiteServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the servers of a registry file from a JSON tree. */
final class ServerList {

  /** More servers than any site has. */
  private static final int MOST_SERVERS = 1000;

  private static final Set<String> FIELDS = Set.of("instance_id", "host", "http_port", "grpc_port");

  private ServerList() {}

  /** The servers that are right; what is wrong is noted. */
  static List<SiteServer> read(Object tree, Problems problems) {
    if (!(tree instanceof Map<?, ?> document)
        || !(document.get("servers") instanceof List<?> all)) {
      problems.error("servers", "no list of servers", tree, "an object with a list \"servers\"");
      return List.of();
    }
    document.keySet().stream()
        .filter(key -> !"servers".equals(key))
        .forEach(key -> problems.error("" + key, "unknown field", key, "[servers]"));
    if (all.size() > MOST_SERVERS) {
      problems.error("servers", "too many servers", all.size(), "at most " + MOST_SERVERS);
      return List.of();
    }
    List<SiteServer> servers = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      String pointer = "servers/" + i;
      if (all.get(i) instanceof Map<?, ?> entry) {
        server(pointer, entry, problems, servers);
      } else {
        problems.error(pointer, "not an object", all.get(i), "an object with " + sorted());
      }
    }
    for (SiteServer server : servers) {
      if (!ids.add(server.instanceId())) {
        problems.error(
            "servers", "an instance_id twice", server.instanceId(), "each instance_id once");
      }
    }
    return servers;
  }

  private static void server(
      String pointer, Map<?, ?> entry, Problems problems, List<SiteServer> servers) {
    for (Object key : entry.keySet()) {
      if (!FIELDS.contains(String.valueOf(key))) {
        problems.error(pointer + '/' + key, "unknown field", key, "" + sorted());
      }
    }
    try {
      servers.add(
          new SiteServer(
              text(entry, "instance_id"),
              text(entry, "host"),
              port(entry, "http_port"),
              port(entry, "grpc_port"),
              "",
              0));
    } catch (FedflowException wrong) {
      problems.error(pointer, wrong.getMessage(), entry, "an object with " + sorted());
    }
  }

  private static String text(Map<?, ?> entry, String field) {
    if (entry.get(field) instanceof String text) {
      return text;
    }
    throw FedflowException.invalid(
        "registry.field", field + ": found '" + entry.get(field) + "', allowed a text");
  }

  private static int port(Map<?, ?> entry, String field) {
    Object value = entry.get(field);
    if ((value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() >= 0
        && ((Number) value).longValue() <= 65_535) {
      return ((Number) value).intValue();
    }
    throw FedflowException.invalid(
        "registry.field", field + ": found '" + value + "', allowed 0..65535");
  }

  private static List<String> sorted() {
    return FIELDS.stream().sorted().toList();
  }
}
