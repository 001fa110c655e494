package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InitCommandTest {

  private static final String PROPERTY = "fedflow.client.settings";

  @TempDir Path folder;
  private Path settings;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void ownSettings() {
    settings = folder.resolve("own").resolve("client.json");
    System.setProperty(PROPERTY, settings.toString());
  }

  @AfterEach
  void usualSettings() {
    System.clearProperty(PROPERTY);
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(out, true));
    return line.execute(arguments);
  }

  @Test
  void whatIsKept_isShownAndForgotten() throws Exception {
    assertThat(run("init")).isZero();
    assertThat(out.toString()).contains("nothing is kept").contains("http://127.0.0.1:9380");
    assertThat(run("flow", "init", "--ip", "10.0.0.7", "--app-key", "a", "--secret-key", "s3"))
        .isZero();
    assertThat(out.toString()).contains("http://10.0.0.7:9380", "signed as a").doesNotContain("s3");
    assertThat(ClientSettings.read())
        .isEqualTo(new ClientSettings("http://10.0.0.7:9380", "a", "s3"));
    if (Files.getFileStore(settings).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
          .isEqualTo("rw-------");
    }
    assertThat(run("init", "--json")).isZero();
    assertThat(out.toString()).contains("\"signs\":true").doesNotContain("s3");
    assertThat(run("init", "--reset")).isZero();
    assertThat(settings).doesNotExist();
  }

  @Test
  void whatIsKept_isAsked() {
    assertThat(run("init", "--port", "1")).isZero();
    assertThat(run("flow", "job", "list")).isEqualTo(1);
    assertThat(err.toString()).contains("http://127.0.0.1:1");
    assertThat(run("job", "query")).isEqualTo(1);
    assertThat(err.toString()).contains("http://127.0.0.1:1");
    assertThat(run("job", "query", "--server", "http://127.0.0.1:2")).isEqualTo(1);
    assertThat(err.toString()).contains("http://127.0.0.1:2");
  }

  @Test
  void wrongValues_areNamedAndNotKept() {
    assertThat(run("init", "--port", "70000")).isEqualTo(2);
    assertThat(err.toString()).contains("--port: found 70000, allowed 1..65535");
    assertThat(run("init", "--app-key", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("found one of them, allowed both or none");
    assertThat(run("init", "--ip", "a b")).isEqualTo(2);
    assertThat(run("init", "-c", folder.resolve("none.yaml").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no readable text file");
    assertThat(settings).doesNotExist();
  }

  @Test
  void serverConfigurations_nameAddressAndKeys() throws Exception {
    Path conf = folder.resolve("service_conf.yaml");
    Files.writeString(
        conf,
        """
        # of a server
        use_registry: false
        hook_module:
          permission: fate_flow.hook.flow.permission
        authentication:
          client:
            switch: false
            http_app_key: other
            http_secret_key: other
        fateflow:
          # where clients ask
          host: 10.1.1.1   # remark
          http_port: 9380
          http_app_key: 'ours'
          http_secret_key: "s # 3"
        zookeeper:
          hosts:
            - 127.0.0.1:2181
        """);
    assertThat(ServerConfFile.read(conf))
        .isEqualTo(new ClientSettings("http://10.1.1.1:9380", "ours", "s # 3"));
    Files.writeString(
        folder.resolve("local.service_conf.yaml"),
        """
        authentication:
          client:
            switch: true
            http_app_key: theirs
            http_secret_key: s4
        """);
    assertThat(ServerConfFile.read(conf))
        .isEqualTo(new ClientSettings("http://10.1.1.1:9380", "theirs", "s4"));
    assertThat(run("init", "-c", conf.toString())).isZero();
    assertThat(ClientSettings.read().appKey()).isEqualTo("theirs");
    Files.writeString(folder.resolve("local.service_conf.yaml"), "fateflow:\n  host: x\n");
    assertThatThrownBy(() -> ServerConfFile.read(conf))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("no fateflow/http_port");
  }

  @Test
  void yaml_isNestedByIndentation() {
    assertThat(YamlSections.read("f", "a:\n    b: 1\n    c:\n      d: 2\n    e: 3\nf:\ng: x\n"))
        .isEqualTo(
            Map.of(
                "a", Map.of("b", "1", "c", Map.of("d", "2"), "e", "3"), "f", Map.of(), "g", "x"));
    assertThatThrownBy(() -> YamlSections.read("f", "a: 1\n{b\n"))
        .isInstanceOf(FedflowException.class)
        .hasMessageContaining("f: line 2: found '{b'");
  }
}
