package io.fedflow.transport.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.http.auth.ClientVerifier.Contents;
import io.fedflow.transport.http.auth.SignedRequest.Unsigned;
import io.fedflow.transport.signing.RequestSignature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signatures were made with another implementation of HMAC-SHA1. */
class ClientVerifierTest {

  private static final long THEN = 1_700_000_000_123L;
  private static final String NONCE = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  private static final byte[] NOTHING = {};

  @TempDir Path folder;
  private long now = THEN;
  private AppKeys keys;

  @BeforeEach
  void keys() throws Exception {
    keys = AppKeys.read(file("# who may ask\n\napp-1 s3cret-long\napp-2 = another-secret\n"));
  }

  private Path file(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("keys"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private ClientVerifier verifier(ReplayMemory memory) {
    return new ClientVerifier(() -> keys, () -> Instant.ofEpochMilli(now), memory);
  }

  private ClientVerifier verifier() {
    return verifier(new ReplayMemory(100));
  }

  private static SignedRequest signed(String key, String secret, String nonce, String target) {
    RequestSignature text = new RequestSignature("" + THEN, nonce, key, target);
    byte[] signature = text.of(secret.getBytes(StandardCharsets.UTF_8), NOTHING, "");
    return new SignedRequest(text, THEN, signature);
  }

  private static SignedRequest good(String nonce) {
    return signed("app-1", "s3cret-long", nonce, "/v1/job/query");
  }

  @Test
  void recordedSignatures_areThoseOfTheScheme() {
    Map<String, String> form = Map.of("force_update", "1", "file", "/x/m.zip", "a b", "*~");

    assertThat(base64("/v1/job/query", "{\"job_id\":\"j1\"}", ""))
        .isEqualTo("1MHapLibdK19YwI70+D+xhfYnz4=");
    assertThat(base64("/v1/data/upload?%7B%22file%22%3A%22a%20b%22%7D", "", ""))
        .isEqualTo("ei+0ivQ1zsMOLTRbGMSmk1tbtlc=");
    assertThat(base64("/v1/model/import", "", RequestSignature.form(form)))
        .isEqualTo("/G6yXPJax5gBRgGWH8lxsqPtPTk=");
    assertThat(base64("/v1/resource/query", "", "")).isEqualTo("mn15daXnqKnQqDZvx64274VX1Eo=");
  }

  private static String base64(String target, String body, String form) {
    return Base64.getEncoder()
        .encodeToString(
            new RequestSignature("" + THEN, NONCE, "app-1", target)
                .of(
                    "s3cret".getBytes(StandardCharsets.UTF_8),
                    body.getBytes(StandardCharsets.UTF_8),
                    form));
  }

  @ParameterizedTest
  @ValueSource(longs = {-60_000, 0, 60_000})
  void insideTheWindow_aSignedRequestIsBelieved(long apart) {
    now = THEN + apart;

    assertThatCode(() -> verifier().verify(good("a"), List.of(Contents.NONE)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(longs = {-60_001, 60_001, Long.MAX_VALUE / 2})
  void outsideTheWindow_itIsNot(long apart) {
    now = THEN + apart;

    assertThatThrownBy(() -> verifier().verify(good("a"), List.of(Contents.NONE)))
        .isInstanceOf(Unsigned.class)
        .hasMessageContainingAll("TIMESTAMP", "allowed 60000 ms");
  }

  @Test
  void theSameRequestAgain_isRefused_anotherIsNot() throws Exception {
    ClientVerifier verifier = verifier();
    verifier.verify(good("a"), List.of(Contents.NONE));

    assertThatThrownBy(() -> verifier.verify(good("a"), List.of(Contents.NONE)))
        .hasMessageContaining("NONCE: found that of an earlier request");
    verifier.verify(good("b"), List.of(Contents.NONE));
    // Nonces of two clients have nothing to do with each other.
    verifier.verify(
        signed("app-2", "another-secret", "a", "/v1/job/query"), List.of(Contents.NONE));
  }

  @Test
  void whatIsNotSigned_isNotRemembered() {
    ReplayMemory memory = new ReplayMemory(100);

    assertThatThrownBy(
            () ->
                verifier(memory).verify(signed("app-1", "guess", "a", "/"), List.of(Contents.NONE)))
        .hasMessageContaining("not those of a client");
    assertThat(memory.size()).isZero();
  }

  @Test
  void unknownClient_isToldNoMoreThanAWrongSignature() {
    assertThatThrownBy(
            () ->
                verifier().verify(signed("app-9", "s3cret-long", "a", "/"), List.of(Contents.NONE)))
        .hasMessage("APP_KEY, SIGNATURE: not those of a client of this server");
    // Whoever is not known has no secret, not an empty or a fixed one.
    assertThatThrownBy(
            () ->
                verifier()
                    .verify(signed("app-9", "\0".repeat(32), "a", "/"), List.of(Contents.NONE)))
        .hasMessageContaining("not those of a client");
  }

  @Test
  void emptyObject_maySignedAsNothingOrAsItIs_otherBodiesOnlyAsTheyAre() {
    byte[] object = "{}".getBytes(StandardCharsets.UTF_8);
    byte[] other = "{ }".getBytes(StandardCharsets.UTF_8);

    assertThat(ClientVerifier.contents(object, Optional.empty()))
        .extracting(way -> way.body().length)
        .containsExactly(2, 0);
    assertThat(ClientVerifier.contents(other, Optional.empty()))
        .extracting(way -> way.body().length)
        .containsExactly(3);
  }

  @Test
  void memory_isBounded_andForgetsWhatIsTooOldToBeBelieved() {
    ReplayMemory memory = new ReplayMemory(2);

    assertThat(memory.see("a", 0, 60_000)).isEqualTo(ReplayMemory.Seen.NEW);
    assertThat(memory.see("b", 0, 90_000)).isEqualTo(ReplayMemory.Seen.NEW);
    assertThat(memory.see("c", 0, 60_000)).isEqualTo(ReplayMemory.Seen.FULL);
    assertThat(memory.see("a", 60_999, 60_000)).isEqualTo(ReplayMemory.Seen.AGAIN);
    assertThat(memory.see("c", 61_000, 120_000)).isEqualTo(ReplayMemory.Seen.NEW);
    assertThat(memory.see("b", 61_000, 90_000)).isEqualTo(ReplayMemory.Seen.AGAIN);
    assertThat(memory.size()).isEqualTo(2);
  }

  @Test
  void fileOfKeys_isRefusedByLine_withoutItsSecrets() throws Exception {
    assertThatThrownBy(() -> AppKeys.read(file("app-1 long-secret\nlonely-text\n")))
        .isInstanceOf(FedflowException.class)
        .hasMessageContainingAll("--client-auth", "line 2")
        .hasMessageNotContaining("lonely-text");
    assertThatThrownBy(() -> AppKeys.read(file("app-1 short\n")))
        .hasMessageContainingAll("line 1", "5 characters")
        .hasMessageNotContaining("short");
    assertThatThrownBy(() -> AppKeys.read(file("a long-secret\na other-secret\n")))
        .hasMessageContaining("line 2: found the app key of an earlier line");
    assertThatThrownBy(() -> AppKeys.read(file("# nothing\n"))).hasMessageContaining("no keys");
    Path open = file("a long-secret\n");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> AppKeys.read(open)).hasMessageContaining("chmod 600");
    assertThat(keys.toString()).contains("app-1").doesNotContain("s3cret");
  }
}
