package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.server.cli.FedflowCommand;
import io.fedflow.server.db.DbCommand;
import io.fedflow.storage.postgres.TestPostgres;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A server's stores, backed up while it runs, checked, and restored elsewhere. */
class BackupTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void ofAFolder() throws Exception {
    servesTheSame(
        TestServer.options(folder.resolve("first")).database("").build(),
        TestServer.options(folder.resolve("second")).database("").build());
  }

  @Test
  void ofADatabase() throws Exception {
    servesTheSame(
        TestServer.options(folder.resolve("first")).database(TestPostgres.freshDatabase()).build(),
        TestServer.options(folder.resolve("second"))
            .database(TestPostgres.freshDatabase())
            .build());
  }

  @Test
  void mistakesAreToldInWords() throws Exception {
    String none = folder.resolve("none").toString();
    assertThat(run("db", "check", "--data-dir", none)).isEqualTo(1);
    assertThat(err.toString()).contains(none, "found no fedflow.db");
    assertThat(run("db", "restore", none, "--data-dir", none)).isEqualTo(1);
    assertThat(err.toString()).contains("found no such file");
    Path noBackup = Files.writeString(folder.resolve("text"), "no backup");
    assertThat(run("db", "restore", noBackup.toString(), "--data-dir", none)).isEqualTo(1);
    assertThat(err.toString()).contains("damaged");
    assertThat(run("db", "migrate", "--data-dir", none)).isZero();
    assertThat(out.toString()).contains("was 0 and is");
    assertThat(run("db", "migrate", "--data-dir", none)).isZero();
    assertThat(out.toString()).contains("up to date");
  }

  private void servesTheSame(ServerOptions first, ServerOptions second) throws Exception {
    String file = folder.resolve("server.backup").toString();
    String jobId;
    List<Object> before;
    try (TestServer server = TestServer.start(first).withDemoTables()) {
      Map<String, Object> end = server.run(TestJobs.demoDsl(), TestJobs.demoConf(1));
      assertThat(end).containsEntry("status", "success");
      jobId = String.valueOf(end.get("job_id"));
      before = RestartTest.everything(server, jobId);
      assertThat(run(at(first, "db", "backup", file, "--json"))).as(err.toString()).isZero();
      assertThat((Map<?, ?>) new JacksonJsonCodec().read(out.toString()))
          .satisfies(told -> assertThat((Integer) told.get("rows")).isGreaterThan(50));
      assertThat(run(at(first, "db", "check"))).as(err.toString()).isZero();
      assertThat(out.toString()).contains("sound");
    }
    assertThat(run(at(second, "db", "restore", file))).as(err.toString()).isZero();
    assertThat(run(at(second, "db", "check"))).as(err.toString()).isZero();
    try (TestServer server = TestServer.start(second)) {
      assertThat(RestartTest.everything(server, jobId)).isEqualTo(before);
    }
    assertThat(run(at(second, "db", "restore", file))).isEqualTo(1);
    assertThat(err.toString()).contains("already; restore into");
  }

  private static String[] at(ServerOptions options, String... command) {
    List<String> place =
        options.database().isEmpty()
            ? List.of("--data-dir", options.dataDir().toString())
            : List.of("--database", options.database());
    return Stream.concat(Stream.of(command), new ArrayList<>(place).stream())
        .toArray(String[]::new);
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = FedflowCommand.line("test", List.of(new DbCommand()));
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(out, true));
    return line.execute(arguments);
  }
}
