package io.fedflow.transport.http.modelfile;

import io.fedflow.component.Params;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.transport.bucket.Bucket;
import io.fedflow.transport.bucket.ModelBuckets;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The places in which the operator lets models be kept: a folder, and buckets. A job names one of
 * them, never an address. Immutable.
 */
public final class ModelPlaces {

  private static final String STORAGE = "storage";
  private static final String BUCKET = "bucket";

  private final Optional<ModelPlace> folder;
  private final Map<String, ModelPlace> buckets;

  private ModelPlaces(Optional<ModelPlace> folder, Map<String, ModelPlace> buckets) {
    this.folder = folder;
    this.buckets = buckets;
  }

  /** A folder alone. */
  public static ModelPlaces folder(Path folder) {
    return new ModelPlaces(Optional.of(new ModelFolder(folder)), Map.of());
  }

  /**
   * What the operator allows.
   *
   * @param staging where files of buckets wait on their way
   */
  public static ModelPlaces of(
      Optional<Path> folder, ModelBuckets allowed, Vertx vertx, Path staging, InstantSource clock) {
    Map<String, ModelPlace> buckets = new LinkedHashMap<>();
    allowed
        .addresses()
        .forEach(
            (name, address) ->
                buckets.put(
                    name,
                    new ModelBucket(
                        new Bucket(vertx, address, () -> allowed.open(name), clock),
                        staging,
                        ArchiveLimits.DEFAULT.fileBytes())));
    return new ModelPlaces(folder.map(ModelFolder::new), buckets);
  }

  /** Whether models can be kept nowhere. */
  public boolean isEmpty() {
    return folder.isEmpty() && buckets.isEmpty();
  }

  /**
   * The place that a job names.
   *
   * @throws FedflowException {@code model.place}, naming what is allowed
   */
  ModelPlace of(Params params) {
    return named(params.isNull("store_address") ? null : params.map("store_address"))
        .orElseThrow(
            () ->
                FedflowException.invalid(
                    "model.place", "store_address: found another place, allowed " + allowed()));
  }

  /** Refuses a place that is not there before a job runs. */
  void check(Params params, String pointer, Problems problems) {
    Map<String, Object> address =
        params.isNull("store_address") ? null : params.map("store_address");
    if (named(address).isEmpty()) {
      problems.error(
          pointer + "/store_address",
          "models can be kept only where the operator of the server said",
          found(address),
          allowed());
    }
  }

  private Optional<ModelPlace> named(Map<String, Object> address) {
    if (address == null) {
      return folder.or(
          () -> buckets.values().stream().findFirst().filter(first -> buckets.size() == 1));
    }
    if (Map.of(STORAGE, "folder").equals(address)) {
      return folder;
    }
    boolean named =
        address.size() == 2
            && "s3".equals(address.get(STORAGE))
            && address.get(BUCKET) instanceof String;
    return named
        ? Optional.ofNullable(buckets.get(String.valueOf(address.get(BUCKET))))
        : Optional.empty();
  }

  /** What stands there may be a secret, as in FATE's own addresses. */
  private static String found(Map<String, Object> address) {
    if (address == null) {
      return "null";
    }
    String storage = String.valueOf(address.get(STORAGE));
    return "storage "
        + (storage.matches("[A-Za-z0-9_]{1,30}") ? storage : "of another form")
        + " with "
        + (address.size() - 1)
        + " further fields";
  }

  private String allowed() {
    List<String> places = new ArrayList<>();
    folder.ifPresent(there -> places.add("{\"storage\": \"folder\"}"));
    buckets
        .keySet()
        .forEach(name -> places.add("{\"storage\": \"s3\", \"bucket\": \"" + name + "\"}"));
    if (folder.isPresent() || buckets.size() == 1) {
      places.add("null for the first of them");
    }
    return String.join(", ", places);
  }
}
