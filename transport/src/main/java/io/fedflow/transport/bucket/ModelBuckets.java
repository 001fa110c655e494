package io.fedflow.transport.bucket;

import io.fedflow.failure.FedflowException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The buckets into which the operator of a server lets models be stored. Immutable.
 *
 * @param addresses by what jobs call them, in the operator's order
 * @param keys a file of keys; empty for those of the environment
 */
public record ModelBuckets(Map<String, BucketAddress> addresses, Optional<Path> keys) {

  /** No bucket. */
  public static final ModelBuckets NONE = new ModelBuckets(Map.of(), Optional.empty());

  /** Copies the map. */
  public ModelBuckets {
    addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
  }

  /**
   * Reads what the operator wrote.
   *
   * @throws IllegalArgumentException naming the option that is not good
   */
  public static ModelBuckets of(Map<String, URI> urls, Optional<Path> keys) {
    Map<String, BucketAddress> addresses = new LinkedHashMap<>();
    urls.forEach((name, url) -> addresses.put(name, BucketAddress.of(name, url)));
    return new ModelBuckets(addresses, keys);
  }

  /** The keys of a bucket, read anew each time: they may be replaced while the server runs. */
  public BucketKeys open(String name) {
    return keys.map(file -> BucketKeys.read(file, name))
        .orElseGet(() -> BucketKeys.environment(System.getenv()));
  }

  /** Why some buckets could not be opened now; blocking. Keys may come later. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (String name : addresses.keySet()) {
      try {
        open(name);
      } catch (FedflowException missing) {
        problems.add("--model-bucket " + name + " cannot be used yet: " + missing.getMessage());
      }
    }
    return problems;
  }

  /** What the operator should know: models that travel unencrypted. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    addresses.forEach(
        (name, address) -> {
          if (!address.tls()) {
            warnings.add(
                "--model-bucket "
                    + name
                    + ": models travel without TLS, whoever is on the way can read them");
          }
        });
    return warnings;
  }
}
