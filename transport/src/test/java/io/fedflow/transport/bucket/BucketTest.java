package io.fedflow.transport.bucket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.data.Digests;
import io.fedflow.testkit.net.StrictBuckets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One bucket at a service that checks every signature. */
@Timeout(120)
class BucketTest {

  private static final BucketKeys KEYS =
      new BucketKeys(StrictBuckets.ACCESS_KEY, StrictBuckets.SECRET_KEY, Optional.empty());

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private StrictBuckets service;

  @BeforeEach
  void start() throws IOException {
    service = new StrictBuckets("eu-1", "ours");
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
    service.close();
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }

  private Bucket bucket(String style) {
    BucketAddress address =
        BucketAddress.of(
            "safe",
            URI.create(
                "http://127.0.0.1:" + service.port() + "/ours/deep/er?region=eu-1&style=" + style));
    return new Bucket(
        vertx,
        address,
        () -> KEYS,
        new BucketRequests(
            vertx,
            address,
            InstantSource.system(),
            Optional.of(SocketAddress.inetSocketAddress(service.port(), "127.0.0.1"))));
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("file"), content);
  }

  private static String sha256(byte[] content) {
    MessageDigest digest = Digests.sha256();
    digest.update(content);
    return Digests.hex(digest);
  }

  @Test
  void megabytes_goAndComeBackInBothStyles() throws Exception {
    byte[] content = new byte[5_000_001];
    new Random(1).nextBytes(content);
    for (String style : new String[] {"path", "virtual"}) {
      Bucket bucket = bucket(style);
      String name = "a#b~" + style + " é+%.zip";
      assertThat(await(bucket.head(name, new Flight()))).isEmpty();
      await(bucket.put(name, file(content), content.length, sha256(content), false, new Flight()));
      assertThat(service.objects.get("ours/deep/er/" + name).content()).isEqualTo(content);
      Bucket.Stored stored = new Bucket.Stored(content.length, Optional.of(sha256(content)));
      assertThat(await(bucket.head(name, new Flight()))).contains(stored);
      Path into = Files.write(folder.resolve("into"), new byte[6_000_000]);
      assertThat(await(bucket.get(name, into, content.length, new Flight()))).isEqualTo(stored);
      assertThat(Files.readAllBytes(into)).isEqualTo(content);
    }
    assertThat(service.asked)
        .anyMatch(asked -> asked.startsWith("PUT ours.127.0.0.1:" + service.port() + "/deep/er/"))
        .anyMatch(asked -> asked.startsWith("PUT 127.0.0.1:" + service.port() + "/ours/deep/er/"));
  }

  @Test
  void whatIsTooLarge_isNotReadToItsEnd() throws Exception {
    byte[] content = new byte[3_000_000];
    Bucket bucket = bucket("path");
    await(bucket.put("x", file(content), content.length, sha256(content), true, new Flight()));
    Path into = folder.resolve("into");
    assertThatThrownBy(() -> await(bucket.get("x", into, 1_000_000, new Flight())))
        .hasMessageContaining("more than 1000000 bytes");
    assertThat(Files.size(into)).isLessThanOrEqualTo(1_000_000);
  }

  @Test
  void bytesOtherThanSigned_areRefusedByTheService() throws Exception {
    byte[] content = {1, 2, 3};
    String other = sha256(Arrays.copyOf(content, 2));
    assertThatThrownBy(
            () -> await(bucket("path").put("x", file(content), 3, other, true, new Flight())))
        .hasMessageContainingAll("bucket safe", "HTTP 400 (XAmzContentSHA256Mismatch)");
    assertThat(service.objects).isEmpty();
  }

  @Test
  void aServiceWithoutTls_isToldInWords() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> {
                try {
                  while (true) {
                    try (Socket caller = plain.accept()) {
                      caller.getOutputStream().write("HTTP/1.1 400 No\r\n\r\n".getBytes(US_ASCII));
                    }
                  }
                } catch (IOException closed) {
                  // The test is over.
                }
              });
      answering.start();
      BucketAddress address =
          BucketAddress.of(
              "safe", URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/ours"));
      Bucket bucket = new Bucket(vertx, address, () -> KEYS, InstantSource.system());
      assertThatThrownBy(() -> await(bucket.head("x", new Flight())))
          .hasMessageContainingAll("bucket safe", "HEAD")
          .hasMessageNotContaining("127.0.0.1")
          .hasMessageNotContaining("Exception");
    }
  }

  @Test
  void whoStopsWaiting_stopsTheRequest() throws Exception {
    Flight flight = new Flight();
    service.onPut = flight::abort;
    byte[] content = new byte[1000];
    Path file = file(content);
    assertThatThrownBy(
            () ->
                await(bucket("path").put("x", file, content.length, sha256(content), true, flight)))
        .hasMessageContaining("stopped");
    assertThat(service.asked).hasSize(1);
    assertThatThrownBy(() -> await(bucket("path").head("x", flight)))
        .hasMessageContaining("stopped");
    assertThat(service.asked).as("nothing more was asked").hasSize(1);
  }
}
