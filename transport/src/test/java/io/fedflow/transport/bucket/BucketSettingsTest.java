package io.fedflow.transport.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.identity.SecretFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator says of buckets and their keys. */
class BucketSettingsTest {

  @TempDir Path folder;

  private static BucketAddress of(String url) {
    return BucketAddress.of("models", URI.create(url));
  }

  @Test
  void addresses_tellWhereRequestsGo() {
    BucketAddress plain = of("https://s3.eu-central-1.amazonaws.com/our-models");
    assertThat(plain.authority()).isEqualTo("s3.eu-central-1.amazonaws.com");
    assertThat(plain.path("guest#1.zip")).isEqualTo("/our-models/guest%231.zip");
    assertThat(plain.region()).isEqualTo("us-east-1");
    BucketAddress other =
        of("http://127.0.0.1:9000/our-models/fed/flow/?region=eu-1&style=virtual");
    assertThat(other.authority()).isEqualTo("our-models.127.0.0.1:9000");
    assertThat(other.path("x")).isEqualTo("/fed/flow/x");
    assertThat(other.region()).isEqualTo("eu-1");
    assertThat(other.tls()).isFalse();
  }

  @Test
  void otherAddresses_areRefusedInWords() {
    for (Map.Entry<String, String> each :
        Map.of(
                "ftp://host/bucket",
                "another form",
                "https://key:secret@host/bucket",
                "another form",
                "https://host/",
                "the bucket ''",
                "https://host/UPPER",
                "the bucket 'UPPER'",
                "https://host/bucket/a%2Fb/../c",
                "the prefix",
                "https://host/bucket/..",
                "the prefix",
                "https://host/bucket?style=x",
                "the style 'x'",
                "https://host/bucket?key=secret",
                "the setting 'key'",
                "https://host/bucket?region=a/b",
                "the region",
                "/bucket",
                "another form")
            .entrySet()) {
      assertThatThrownBy(() -> of(each.getKey()))
          .as(each.getKey())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("--model-bucket", "models", each.getValue(), "allowed")
          .hasMessageNotContaining("secret");
    }
    assertThatThrownBy(() -> BucketAddress.of("a b", URI.create("https://host/bucket")))
        .hasMessageContaining("the name 'a b'");
  }

  private Path keys(String text) {
    Path file = folder.resolve("keys");
    SecretFiles.writeSecret(file, text);
    return file;
  }

  @Test
  void keys_comeFromTheirSectionOrTheDefault() {
    Path file =
        keys(
            "# ours\n[default]\naws_access_key_id = AKID\naws_secret_access_key=s=ecret\n\n"
                + "[models]\naws_access_key_id=OTHER\naws_secret_access_key= hush \n"
                + "aws_session_token = tok\n");
    assertThat(BucketKeys.read(file, "models"))
        .isEqualTo(new BucketKeys("OTHER", "hush", Optional.of("tok")));
    assertThat(BucketKeys.read(file, "another"))
        .isEqualTo(new BucketKeys("AKID", "s=ecret", Optional.empty()));
    assertThat(
            BucketKeys.environment(
                Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "hush")))
        .isEqualTo(new BucketKeys("AKID", "hush", Optional.empty()));
  }

  @Test
  void keys_areShownToNobody() throws IOException {
    Path file = keys("[models]\naws_access_key_id=AKID\naws_secret_access_key=hush\n");
    assertThat(BucketKeys.read(file, "models").toString()).contains("AKID").doesNotContain("hush");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> BucketKeys.read(file, "models"))
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("bucket.keys"))
        .hasMessageContaining("600")
        .hasMessageNotContaining(folder.toString());
  }

  @Test
  void whatAnOperatorShouldKnow_isTold() {
    Path file = keys("[other]\naws_access_key_id=AKID\naws_secret_access_key=hush\n");
    ModelBuckets buckets =
        ModelBuckets.of(
            Map.of(
                "models",
                URI.create("http://host/bucket"),
                "other",
                URI.create("https://host/bucket")),
            Optional.of(file));
    assertThat(buckets.warnings())
        .singleElement()
        .asString()
        .contains("--model-bucket models", "without TLS");
    assertThat(buckets.problems())
        .singleElement()
        .asString()
        .contains("--model-bucket models", "no section [models]");
  }

  @Test
  void missingKeys_areNamedByWhatIsExpected() {
    for (Map.Entry<String, List<String>> each :
        Map.of(
                "",
                List.of("no section [models]", "[default]"),
                "hush\n",
                List.of("line 1"),
                "[models]\nhush\n",
                List.of("line 2"),
                "[models]\naws_access_key_id=AKID\n",
                List.of("[models]", "aws_secret_access_key"),
                "[models]\naws_access_key_id=a b\naws_secret_access_key=hush\n",
                List.of("access key id"))
            .entrySet()) {
      Path file = keys(each.getKey());
      assertThatThrownBy(() -> BucketKeys.read(file, "models"))
          .hasMessageContainingAll(each.getValue().toArray(new String[0]))
          .hasMessageNotContaining("hush")
          .hasMessageNotContaining(folder.toString());
    }
    assertThatThrownBy(() -> BucketKeys.environment(Map.of("AWS_ACCESS_KEY_ID", "x")))
        .hasMessageContainingAll("--model-bucket-keys", "AWS_SECRET_ACCESS_KEY");
  }
}
