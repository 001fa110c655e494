package io.fedflow.transport.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The vectors were made with another implementation of HMAC-SHA1. */
class RequestSignerTest {

  private static final String NONCE = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_123L));

  private final RequestSigner signer =
      new RequestSigner(new ClientKeys("app-1", "s3cret"), CLOCK, () -> NONCE);

  @Test
  void jsonBodies_areSignedByteForByte() {
    assertThat(signer.headers("/v1/job/query", bytes("{\"job_id\":\"j1\"}"), Map.of()))
        .isEqualTo(
            Map.of(
                "TIMESTAMP",
                "1700000000123",
                "NONCE",
                NONCE,
                "APP_KEY",
                "app-1",
                "SIGNATURE",
                "1MHapLibdK19YwI70+D+xhfYnz4="));
  }

  @Test
  void queries_areSignedAsTheyAreSent() {
    assertThat(
            signer.headers("/v1/data/upload?%7B%22file%22%3A%22a%20b%22%7D", bytes(""), Map.of()))
        .containsEntry("SIGNATURE", "ei+0ivQ1zsMOLTRbGMSmk1tbtlc=");
  }

  @Test
  void forms_areSortedAndEncoded() {
    Map<String, String> form = Map.of("force_update", "1", "file", "/x/m.zip", "a b", "*~");
    assertThat(signer.headers("/v1/model/import", bytes(""), form))
        .containsEntry("SIGNATURE", "/G6yXPJax5gBRgGWH8lxsqPtPTk=");
  }

  @Test
  void anEmptyObject_isSignedAsNothing() {
    assertThat(signer.headers("/v1/resource/query", bytes("{}"), Map.of()))
        .containsEntry("SIGNATURE", "mn15daXnqKnQqDZvx64274VX1Eo=")
        .isEqualTo(signer.headers("/v1/resource/query", bytes(""), Map.of()));
  }

  @Test
  void keys_comeInPairsAndStaySecret() {
    assertThatThrownBy(() -> new ClientKeys("app", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secretKey");
    assertThatThrownBy(() -> new ClientKeys(null, "s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("appKey");
    assertThat(new ClientKeys("app", "s3cret").toString()).doesNotContain("s3cret");
  }

  @Test
  void nonces_areTimeBasedAndFresh() {
    TimeUuids nonces = new TimeUuids(CLOCK);
    UUID first = UUID.fromString(nonces.get());
    assertThat(first.version()).isEqualTo(1);
    assertThat(first.variant()).isEqualTo(2);
    long gregorian = 122_192_928_000_000_000L;
    assertThat((first.timestamp() - gregorian) / 10_000).isEqualTo(CLOCK.millis());
    assertThat(UUID.fromString(nonces.get())).isNotEqualTo(first);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
