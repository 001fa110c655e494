package io.fedflow.transport.http.modelfile;

import io.fedflow.data.Digests;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.PipelineModel;
import io.fedflow.transport.bucket.Bucket;
import io.fedflow.transport.bucket.Flight;
import io.vertx.core.Future;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Model files in a bucket. Blocking; thread-safe. */
final class ModelBucket implements ModelPlace {

  private final Bucket bucket;
  private final Path staging;
  private final long mostBytes;

  /**
   * A bucket of models.
   *
   * @param staging where files wait on their way; made if it is missing
   * @param mostBytes how large a file may be that is taken out
   */
  ModelBucket(Bucket bucket, Path staging, long mostBytes) {
    this.bucket = bucket;
    this.staging = staging;
    this.mostBytes = mostBytes;
  }

  @Override
  public String described() {
    return "bucket " + bucket.name();
  }

  @Override
  public String store(PipelineModel model, ModelArchiveWriter writer, boolean replace)
      throws IOException, InterruptedException {
    String name = ModelPlace.requireName(ModelArchiveWriter.fileName(model));
    Path made = newFile();
    try {
      String digest = written(model, writer, made);
      long bytes = Files.size(made);
      if (bytes > Bucket.MOST_PUT) {
        throw new FedflowException(
            FailureKind.EXHAUSTED,
            "model.size",
            "the model file has " + bytes + " bytes, a bucket takes " + Bucket.MOST_PUT);
      }
      Flight flight = new Flight();
      // Asked even if it may be replaced: keys that are not good are told before a long way.
      if (await(bucket.head(name, flight), flight).isPresent() && !replace) {
        throw ModelPlace.exists(model);
      }
      try {
        await(bucket.put(name, made, bytes, digest, replace, flight), flight);
      } catch (FedflowException refused) {
        if (!refused.code().equals("bucket.exists")) {
          throw refused;
        }
        // An earlier try may have come through, whose answer got lost.
        if (!isThere(name, bytes, digest, flight)) {
          throw ModelPlace.exists(model);
        }
      }
      if (!isThere(name, bytes, digest, flight)) {
        throw FedflowException.peer(
            "model.half_stored",
            described()
                + " took the model file, but does not have it as it was sent; store it again with"
                + " force_update true");
      }
      return digest;
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private static String written(PipelineModel model, ModelArchiveWriter writer, Path into)
      throws IOException {
    MessageDigest digest = Digests.sha256();
    try (OutputStream out =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(into)), digest)) {
      writer.write(model, out);
    }
    return Digests.hex(digest);
  }

  private boolean isThere(String name, long bytes, String digest, Flight flight)
      throws IOException, InterruptedException {
    return await(bucket.head(name, flight), flight)
        .filter(there -> there.bytes() == bytes && there.sha256().equals(Optional.of(digest)))
        .isPresent();
  }

  @Override
  public Fetched fetch(String fileName) throws IOException, InterruptedException {
    String name = ModelPlace.requireName(fileName);
    Path file = newFile();
    try {
      Flight flight = new Flight();
      Bucket.Stored stored = await(bucket.get(name, file, mostBytes, flight), flight);
      return new Fetched(file, stored.sha256(), true);
    } catch (IOException | InterruptedException | RuntimeException failed) {
      Files.deleteIfExists(file);
      if (failed instanceof FedflowException known && known.code().equals("bucket.object")) {
        throw FedflowException.invalid("model.unknown", described() + " holds no " + fileName);
      }
      throw failed;
    }
  }

  private Path newFile() throws IOException {
    Files.createDirectories(staging);
    return Files.createTempFile(staging, "model-", ".part");
  }

  /** Whoever stops the task stops the request, too. */
  private static <T> T await(Future<T> future, Flight flight)
      throws IOException, InterruptedException {
    CompletableFuture<T> stage = future.toCompletionStage().toCompletableFuture();
    try {
      return stage.get();
    } catch (InterruptedException stopped) {
      flight.abort();
      throw stopped;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof FedflowException known) {
        throw known;
      }
      throw new IOException("the model file on its way to or from a bucket", failed.getCause());
    }
  }
}
