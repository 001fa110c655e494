package io.fedflow.transport.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.data.Digests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bucket at a service that somebody else wrote: {@code -Dfedflow.bucket=URL}, with the keys of
 * the environment. {@code -Dfedflow.bucket.conditional=false} for one that does not know the header
 * {@code If-None-Match}. Leaves one object in it.
 */
@EnabledIfSystemProperty(named = "fedflow.bucket", matches = "http.+")
class AnyBucketTest {

  @TempDir Path folder;

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }

  @Test
  void anObject_goesAndComesBack() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      BucketAddress address =
          BucketAddress.of("any", URI.create(System.getProperty("fedflow.bucket")));
      BucketKeys keys = BucketKeys.environment(System.getenv());
      Bucket bucket = new Bucket(vertx, address, () -> keys, InstantSource.system());
      byte[] content = new byte[3_000_001];
      new Random(1).nextBytes(content);
      MessageDigest digest = Digests.sha256();
      digest.update(content);
      String sha256 = Digests.hex(digest);
      Path file = Files.write(folder.resolve("file"), content);
      Path into = folder.resolve("into");
      String name = "guest#9999#guest-9999#model_" + UUID.randomUUID() + ".zip";
      Flight flight = new Flight();

      assertThat(await(bucket.head(name, flight))).isEmpty();
      assertThatThrownBy(() -> await(bucket.get(name, into, content.length, flight)))
          .hasMessageContaining("NoSuchKey");
      await(bucket.put(name, file, content.length, sha256, false, flight));
      Bucket.Stored stored = new Bucket.Stored(content.length, Optional.of(sha256));
      assertThat(await(bucket.head(name, flight))).contains(stored);
      assertThat(await(bucket.get(name, into, content.length, flight))).isEqualTo(stored);
      assertThat(Files.readAllBytes(into)).isEqualTo(content);
      if (Boolean.parseBoolean(System.getProperty("fedflow.bucket.conditional", "true"))) {
        assertThatThrownBy(
                () -> await(bucket.put(name, file, content.length, sha256, false, flight)))
            .hasMessageContainingAll("bucket any answered PUT with HTTP 412", "there already");
      }
      await(bucket.put(name, file, content.length, sha256, true, flight));

      BucketKeys wrong = new BucketKeys(keys.accessKey(), "another", keys.sessionToken());
      Bucket closed = new Bucket(vertx, address, () -> wrong, InstantSource.system());
      assertThatThrownBy(() -> await(closed.get(name, into, content.length, flight)))
          .hasMessageContainingAll("HTTP 403", "SignatureDoesNotMatch");
    } finally {
      await(vertx.close());
    }
  }
}
