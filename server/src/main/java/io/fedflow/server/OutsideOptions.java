package io.fedflow.server;

import io.fedflow.transport.http.outside.Outside;
import io.fedflow.transport.route.SiteAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** What clients of a server may reach outside of the site's own data. */
final class OutsideOptions {

  @Option(
      names = "--export-folder",
      paramLabel = "DIR",
      description = "folder into which clients may let tables be written as files; repeatable")
  private List<Path> exportFolders = List.of();

  @Option(
      names = "--sql-address",
      paramLabel = "HOST:PORT",
      description = "database that connectors of clients may name; repeatable")
  private List<String> sqlAddresses = List.of();

  @Option(
      names = "--forward",
      paramLabel = "NAME=URL",
      description =
          "service to which /v1/forward/NAME sends requests of clients, such as"
              + " board=http://127.0.0.1:8080; repeatable")
  private Map<String, URI> forwards = Map.of();

  @Option(
      names = "--admin",
      paramLabel = "APP-KEY",
      description =
          "app key of a client that may register services while --permissions is on; repeatable")
  private List<String> admins = List.of();

  /**
   * The options, checked.
   *
   * @throws IllegalArgumentException naming the one that is not good
   */
  Outside read() {
    Set<SiteAddress> databases = new LinkedHashSet<>();
    for (String address : sqlAddresses) {
      try {
        databases.add(SiteAddress.parse(address));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException("--sql-address: " + wrong.getMessage(), wrong);
      }
    }
    return new Outside(exportFolders, databases, forwards, Set.copyOf(admins));
  }
}
