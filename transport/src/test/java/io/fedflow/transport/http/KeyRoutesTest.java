package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.http.EdgeFixture.Reply;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRoutesTest {

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private Reply query(Object party) {
    return edge.post("/v1/key/query", Map.of("party_id", party));
  }

  @Test
  @Covers({"/v1/key/public/save", "/v1/key/query", "/v1/key/public/delete"})
  void keysOfPartners_comeAndGo() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----";
    assertThat(query(9999).retcode()).isZero();
    assertThat(query(9999).tree()).doesNotContainKey("data");
    Map<String, Object> given = Map.of("party_id", 9999, "key", pem);
    assertThat(edge.post("/v1/key/public/save", given).data()).isEqualTo("save success");
    assertThat(edge.post("/v1/key/public/save", given).data()).isEqualTo("update success");
    assertThat(query("9999").data()).isEqualTo(pem);
    Reply deleted = edge.post("/v1/key/public/delete", Map.of("party_id", "9999"));
    assertThat(deleted.retcode()).isZero();
    assertThat(query(9999).tree()).doesNotContainKey("data");
    assertThat(edge.post("/v1/key/public/delete", Map.of("party_id", "9999")).data().toString())
        .contains("no key of party 9999");
  }

  @Test
  void wrongArguments_areNamed() {
    assertThat(edge.post("/v1/key/public/save", Map.of("party_id", 1)).retmsg()).contains("key");
    assertThat(edge.post("/v1/key/public/save", Map.of("party_id", 1, "key", "abc")).retmsg())
        .contains("key: found 3 characters")
        .contains("PEM");
    assertThat(query("../x").retmsg()).contains("party_id: found '../x'");
    Reply secret = edge.post("/v1/key/query", Map.of("party_id", 1, "key_name", "private"));
    assertThat(secret.retcode()).isEqualTo(101);
    assertThat(secret.retmsg()).contains("key_name: found 'private', allowed public");
  }
}
