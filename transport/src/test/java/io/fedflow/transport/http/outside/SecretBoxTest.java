package io.fedflow.transport.http.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.memory.MemoryStores;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {

  @TempDir Path folder;

  @Test
  void whatIsSealed_opensForItsPurposeAndKeyOnly() {
    Path file = folder.resolve("key");
    SecretBox box = SecretBox.of(file);
    String sealed = box.seal("db1", "pass wörd");
    assertThat(sealed).doesNotContain("pass");
    assertThat(box.seal("db1", "pass wörd")).isNotEqualTo(sealed);
    assertThat(SecretBox.of(file).open("db1", sealed)).isEqualTo("pass wörd");
    assertRefused(() -> box.open("db2", sealed));
    assertRefused(() -> SecretBox.forgetful().open("db1", sealed));
    byte[] bytes = Base64.getDecoder().decode(sealed);
    bytes[bytes.length - 1] ^= 1;
    assertRefused(() -> box.open("db1", Base64.getEncoder().encodeToString(bytes)));
    assertRefused(() -> box.open("db1", "AAAA"));
    assertRefused(() -> box.open("db1", "no base64!"));
  }

  private static void assertRefused(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("secret.sealed"));
  }

  @Test
  void keys_areForTheirOwnerAlone() throws Exception {
    Path file = folder.resolve("key");
    SecretBox.of(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> SecretBox.of(file)).hasMessageContaining("chmod 600");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "abcd");
    assertThatThrownBy(() -> SecretBox.of(file))
        .hasMessageContaining("32 bytes")
        .hasMessageNotContaining("abcd");
  }

  @Test
  void passwordsOfConnectors_comeBackForWhoeverConnects() {
    Keeping keeping = new Keeping(MemoryStores.create().blobs(), SecretBox.forgetful());
    StoredConnectors connectors = new StoredConnectors(keeping, new JacksonJsonCodec());
    connectors.save("c", "MYSQL", Map.of("host", "h", "passwd", "xyz"));
    assertThat(connectors.secret("c", "passwd")).contains("xyz");
    assertThat(connectors.secret("c", "host")).isEmpty();
    assertThat(connectors.find("c").orElseThrow().toString()).doesNotContain("xyz");
    assertThat(connectors.find("d")).isEmpty();
  }
}
