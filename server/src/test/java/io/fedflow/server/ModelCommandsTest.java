package io.fedflow.server;

import static io.fedflow.server.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.identity.SecretFiles;
import io.fedflow.testkit.net.StrictBuckets;
import io.fedflow.transport.bucket.ModelBuckets;
import io.fedflow.transport.client.Submission;
import io.fedflow.transport.http.outside.Outside;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code fedflow model}: models into a bucket and back, and two versions beside each other. */
@Timeout(300)
class ModelCommandsTest {

  @TempDir Path folder;

  private static Submission trained(TestServer server, int iterations) throws Exception {
    Submission job = server.blocking().submit(TestJobs.demoDsl(), TestJobs.demoConf(iterations));
    assertThat(server.ended(job.jobId())).containsEntry("status", "success");
    return job;
  }

  private Outside outside(StrictBuckets service) {
    Path keys = folder.resolve("keys");
    SecretFiles.writeSecret(
        keys,
        "[default]\naws_access_key_id = "
            + StrictBuckets.ACCESS_KEY
            + "\naws_secret_access_key = "
            + StrictBuckets.SECRET_KEY
            + '\n');
    return new Outside(
        List.of(),
        Set.of(),
        Map.of(),
        Set.of(),
        ModelBuckets.of(Map.of("safe", service.url("ours/fed")), Optional.of(keys)));
  }

  @Test
  void versionsAreStoredRestoredAndCompared() throws Exception {
    try (StrictBuckets service = new StrictBuckets("eu-1", "ours");
        TestServer server =
            TestServer.start(
                    TestServer.options(folder.resolve("server")).outside(outside(service)).build())
                .withDemoTables()) {
      Submission one = trained(server, 1);
      Submission other = trained(server, 2);
      String[] named = {one.modelId(), one.modelVersion(), "--party", "guest:9999"};

      String stored = run(server, words("store", named));
      assertThat(stored).startsWith("0 stored ").containsPattern("SHA-256 [0-9a-f]{64}");
      String sha256 = stored.strip().replaceAll("(?s).* ", "");
      assertThat(service.objects.keySet())
          .singleElement()
          .asString()
          .startsWith("ours/fed/guest#9999#")
          .endsWith("_" + one.modelVersion() + ".zip");
      assertThat(run(server, words("store", named))).startsWith("1 ").contains("force_update");
      assertThat(run(server, words("store", named, "--bucket", "none")))
          .startsWith("1 ")
          .contains("store_address", "\"bucket\": \"safe\"");

      Map<String, Object> at =
          Map.of(
              "model_id",
              one.modelId(),
              "model_version",
              one.modelVersion(),
              "role",
              "guest",
              "party_id",
              "9999");
      server.blocking().call("/fedflow/v1/models/delete", at);
      assertThat(run(server, words("diff", other(one, other)))).startsWith("1 ");
      assertThat(run(server, words("restore", named, "--sha256", "00")))
          .startsWith("1 ")
          .contains("sha256");
      assertThat(run(server, words("restore", named, "--sha256", sha256, "--bucket", "safe")))
          .startsWith("0 restored ");

      String diff = run(server, words("diff", other(one, other)));
      assertThat(diff)
          .startsWith("0 ")
          .contains("max_iter", "hetero_lr_0 (HeteroLR): ", "distance", "metrics: ", "auc");
      Map<?, ?> json =
          (Map<?, ?>)
              new JacksonJsonCodec()
                  .read(run(server, words("diff", other(one, other), "--json")).substring(2));
      assertThat(json.get("one").toString()).contains(one.modelVersion(), "guest");
      assertThat(TestServer.at(json, "components", "dataio_0", "changed")).isEqualTo(0);
      assertThat((Integer) TestServer.at(json, "components", "hetero_lr_0", "changed"))
          .isPositive();
    }
    assertNoSecret();
  }

  private static String[] other(Submission one, Submission other) {
    return new String[] {
      one.modelId(),
      one.modelVersion(),
      other.modelVersion(),
      "--party",
      "guest:9999",
      "--other-model",
      other.modelId()
    };
  }

  private static String[] words(String verb, String[] named, String... more) {
    List<String> words = new ArrayList<>(List.of("model", verb));
    words.addAll(List.of(named));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** Neither the database nor a log nor a message holds the key. */
  private void assertNoSecret() throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("server"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8))
            .as(file.toString())
            .doesNotContain(StrictBuckets.SECRET_KEY);
        assertThat(file.getFileName().toString()).as("no file stays").doesNotEndWith(".part");
      }
    }
  }
}
