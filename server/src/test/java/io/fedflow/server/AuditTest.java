package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.server.cli.FedflowCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The audit log of a server: what it holds after a restart, and after somebody edited it. */
class AuditTest {

  @TempDir Path folder;

  private record Told(int code, String out) {}

  private static Told command(String... words) {
    StringWriter out = new StringWriter();
    CommandLine line =
        FedflowCommand.line("test", List.of())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out));
    return new Told(line.execute(words), out.toString());
  }

  private Told verify(String... more) {
    return command(
        Stream.concat(
                Stream.of("audit", "verify", "--data-dir", folder.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private List<Map<String, Object>> records(TestServer server, String action) throws Exception {
    return ((List<?>) server.blocking().audit(0, 100, action, "").get("records"))
        .stream().map(AuditTest::fields).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(Object record) {
    return (Map<String, Object>) record;
  }

  @Test
  void whatClientsDid_isThereAfterARestart_andAnEditedLineIsFound() throws Exception {
    String head;
    try (TestServer server = TestServer.standalone(folder)) {
      String job = server.upload("t", "id,x\na,1\n");
      assertThat(server.ended(job)).containsEntry("status", "success");
      V1.of(server)
          .post("table/delete", Map.of("namespace", TestServer.NAMESPACE, "table_name", "t"));
      V1.of(server)
          .post("table/delete", Map.of("namespace", TestServer.NAMESPACE, "table_name", "t"));
      assertThat(records(server, "data.upload"))
          .extracting(record -> record.get("outcome") + " " + record.get("subject"))
          .containsExactly("done experiment t by " + job, "asked experiment t");
    }
    try (TestServer server = TestServer.standalone(folder)) {
      assertThat(records(server, "table.drop"))
          .extracting(record -> record.get("outcome"))
          .containsExactly("refused", "asked", "done", "asked");
      assertThat(records(server, "server"))
          .extracting(record -> record.get("action"))
          .containsExactly("server.start", "server.stop", "server.start");
      Told listed =
          command("audit", "list", "--server", server.server().url(), "--action", "table");
      assertThat(listed.code()).isZero();
      assertThat(listed.out())
          .contains("table.drop", "experiment t", "by client 127.0.0.1", "head: ");
      head = listed.out().substring(listed.out().indexOf("head: ") + 6).strip();
      // While the server runs.
      assertThat(verify("--head", head).out()).startsWith("sound: ");
    }
    assertThat(verify("--head", head).code()).isZero();
    Path file = folder.resolve("audit").resolve("audit-000000000000000001.log");
    String whole = Files.readString(file);

    Files.writeString(file, whole.replaceFirst("data.upload", "data.grants"));
    Told changed = verify("--json");
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.out()).contains("\"line\":3", "\"sound\":false");
    assertThatThrownBy(() -> TestServer.standalone(folder))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("audit verify");

    Files.writeString(file, whole.substring(0, whole.lastIndexOf('\n', whole.length() - 2) + 1));
    assertThat(verify().out()).contains("its end was cut off", "NOT SOUND");

    Files.writeString(file, whole);
    assertThat(verify().code()).isZero();
    assertThat(verify("--head", "1:" + "0".repeat(64)).out()).contains("record 1 is not the one");
    assertThat(verify("--head", "x").code()).isEqualTo(2);
  }
}
