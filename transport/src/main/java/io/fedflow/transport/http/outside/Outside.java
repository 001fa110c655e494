package io.fedflow.transport.http.outside;

import io.fedflow.transport.bucket.ModelBuckets;
import io.fedflow.transport.route.SiteAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the operator of a server allows its clients outside of the site's own data. Immutable.
 *
 * @param exportFolders folders into which tables may be written as files; empty refuses all
 * @param sqlAddresses databases that connectors may name; empty refuses all
 * @param forwards services to which requests may be forwarded, by name: {@code http} or {@code
 *     https} with a host, without user, query and fragment
 * @param admins app keys of clients that may register services while permissions are checked
 * @param buckets into which models may be stored
 */
public record Outside(
    List<Path> exportFolders,
    Set<SiteAddress> sqlAddresses,
    Map<String, URI> forwards,
    Set<String> admins,
    ModelBuckets buckets) {

  /** Nothing is allowed. */
  public static final Outside NOTHING = new Outside(List.of(), Set.of(), Map.of(), Set.of());

  private static final String NAME = "[A-Za-z0-9_-]{1,50}";

  /** Without a bucket. */
  public Outside(
      List<Path> exportFolders,
      Set<SiteAddress> sqlAddresses,
      Map<String, URI> forwards,
      Set<String> admins) {
    this(exportFolders, sqlAddresses, forwards, admins, ModelBuckets.NONE);
  }

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException naming the option that is not good
   */
  public Outside {
    exportFolders = exportFolders.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    sqlAddresses = Set.copyOf(sqlAddresses);
    forwards = Map.copyOf(forwards);
    admins = Set.copyOf(admins);
    forwards.forEach(Outside::require);
  }

  private static void require(String name, URI url) {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "--forward: found the name '" + name + "', allowed 1..50 letters, digits, '_' and '-'");
    }
    boolean good =
        url.getHost() != null
            && List.of("http", "https").contains(url.getScheme())
            && url.getUserInfo() == null
            && url.getQuery() == null
            && url.getFragment() == null;
    if (!good) {
      throw new IllegalArgumentException(
          "--forward: found for "
              + name
              + " no URL of the form http://host:port/path or https://host:port/path");
    }
  }
}
