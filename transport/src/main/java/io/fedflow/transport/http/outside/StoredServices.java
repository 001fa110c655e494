package io.fedflow.transport.http.outside;

import io.fedflow.data.BlobTexts;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.wire.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Servers and services that clients registered: one small document, read whole. Blocking;
 * thread-safe. What several servers of a site change in the same moment is all kept.
 */
final class StoredServices {

  /** How many of each there may be. */
  static final int MOST = 500;

  private static final int MOST_CHARACTERS = 1 << 20;
  private static final String KEY = "registered-services";
  private static final String NAME = "[A-Za-z0-9_.#~/-]{1,400}";

  private final BlobTexts texts;
  private final JsonCodec codec;

  StoredServices(BlobStore blobs, JsonCodec codec) {
    this.texts = new BlobTexts(blobs, "the registered services");
    this.codec = codec;
  }

  /** What is registered. */
  private record All(
      Map<String, RegisteredServer> servers, Map<String, RegisteredService> services) {}

  /** A server's name as it is kept: upper case. */
  static String serverName(String text) {
    return requireName("server_name", text).toUpperCase(Locale.ROOT);
  }

  static String requireName(String field, String text) {
    if (!text.matches(NAME)) {
      throw FedflowException.invalid(
          "argument.type",
          field
              + ": found a text of "
              + text.length()
              + " characters, allowed 1..400 letters, digits and '_', '.', '#', '~', '/', '-'");
    }
    return text;
  }

  /** All servers by name, in the order of their first registration. */
  Map<String, RegisteredServer> servers() {
    return read().servers();
  }

  /** All services of a name, whichever server has them. */
  List<RegisteredService> services(String name) {
    return read().services().values().stream()
        .filter(service -> service.name().equals(name))
        .toList();
  }

  /** Registers servers and services, all or none; what has the same name is replaced. */
  void register(Map<String, RegisteredServer> servers, List<RegisteredService> services) {
    texts.change(KEY, text -> Optional.of(with(read(text), servers, services)));
  }

  private String with(
      All all, Map<String, RegisteredServer> servers, List<RegisteredService> services) {
    all.servers().putAll(servers);
    services.forEach(
        service -> all.services().put(service.server() + '\n' + service.name(), service));
    if (all.servers().size() > MOST || all.services().size() > MOST) {
      throw new FedflowException(
          FailureKind.EXHAUSTED,
          "service.many",
          "found " + MOST + " servers or services that are registered already, allowed " + MOST);
    }
    Map<String, Object> trees = new LinkedHashMap<>();
    all.servers().forEach((name, server) -> trees.put(name, server.tree()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("servers", trees);
    document.put("services", all.services().values().stream().map(RegisteredService::row).toList());
    String text = codec.write(document);
    if (text.length() > MOST_CHARACTERS) {
      throw new FedflowException(
          FailureKind.EXHAUSTED,
          "service.large",
          "params, data, headers: all registered services together take "
              + text.length()
              + " characters, allowed "
              + MOST_CHARACTERS);
    }
    return text;
  }

  private All read() {
    return read(texts.read(KEY));
  }

  private All read(Optional<String> stored) {
    Map<String, RegisteredServer> servers = new LinkedHashMap<>();
    Map<String, RegisteredService> services = new LinkedHashMap<>();
    Optional<Arguments> document = stored.map(text -> Arguments.of(codec.read(text)));
    document
        .flatMap(all -> all.object("servers"))
        .orElse(Map.of())
        .forEach((name, tree) -> servers.put(name, RegisteredServer.of(Arguments.of(tree))));
    List<Object> rows = new ArrayList<>();
    document.flatMap(all -> all.any("services")).ifPresent(list -> rows.addAll((List<?>) list));
    for (Object row : rows) {
      RegisteredService service = RegisteredService.of((Map<?, ?>) row);
      services.put(service.server() + '\n' + service.name(), service);
    }
    return new All(servers, services);
  }
}
