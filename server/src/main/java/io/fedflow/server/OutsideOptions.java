package io.fedflow.server;

import io.fedflow.transport.bucket.ModelBuckets;
import io.fedflow.transport.http.outside.Outside;
import io.fedflow.transport.route.SiteAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Option(
      names = "--model-bucket",
      paramLabel = "NAME=URL",
      description =
          "S3 bucket in which models can be stored, as https://HOST[:PORT]/BUCKET[/PREFIX], and"
              + " behind it ?region=REGION (us-east-1) and &style=virtual if its name belongs into"
              + " the host; repeatable")
  private Map<String, URI> modelBuckets = Map.of();

  @Option(
      names = "--model-bucket-keys",
      paramLabel = "FILE",
      description =
          "keys of the buckets, as AWS's programs read them: a section [NAME] or [default] with"
              + " aws_access_key_id and aws_secret_access_key; by default AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY of the environment")
  private Path modelBucketKeys;

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
    return new Outside(
        exportFolders,
        databases,
        forwards,
        Set.copyOf(admins),
        ModelBuckets.of(modelBuckets, Optional.ofNullable(modelBucketKeys)));
  }
}
