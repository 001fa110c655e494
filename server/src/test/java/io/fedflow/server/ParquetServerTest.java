package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fedflow.server.cli.FedflowCommand;
import io.fedflow.server.db.DbCommand;
import io.fedflow.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A server whose tables are Parquet files, and servers that are given such files. */
class ParquetServerTest {

  @TempDir Path folder;

  private ServerOptions.Builder options(String layout) throws IOException {
    Files.createDirectories(local());
    return TestServer.options(folder.resolve("server"))
        .tables(new TablePlace(layout, TablePlace.DEFAULT_MEMORY))
        .localFiles(List.of(local()));
  }

  /** With everything in the folder, where a file can be damaged. */
  private ServerOptions inFiles(String layout) throws IOException {
    return options(layout).database("").build();
  }

  private Path local() {
    return folder.resolve("local");
  }

  private Path parquet(String name, String select) throws Exception {
    Path file = Files.createDirectories(local()).resolve(name);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
    }
    return file;
  }

  @Test
  void jobsRunOnParquet_damageIsNamed_andPlainServersReadIt() throws Exception {
    Table before;
    try (TestServer server = TestServer.start(inFiles("parquet")).withDemoTables()) {
      Map<String, Object> end = server.run(TestJobs.demoDsl(), TestJobs.demoConf(1));
      assertThat(end).containsEntry("status", "success");
      before = server.server().site().data().read(TestServer.NAMESPACE, "breast_hetero_guest");
      assertThat(before.rowCount()).isPositive();
    }
    assertThat(temporaryFiles()).isEmpty();
    StringWriter out = new StringWriter();
    assertThat(check(out)).as(out.toString()).isZero();
    try (TestServer plain = TestServer.start(inFiles("plain"))) {
      Table after = plain.server().site().data().read(TestServer.NAMESPACE, "breast_hetero_guest");
      assertThat(after.ids()).isEqualTo(before.ids());
      assertThat(plain.ended(plain.upload("plain", "id,x\n1,2\n")))
          .containsEntry("status", "success");
    }
    assertThat(extract("breast_hetero_guest", out)).as(out.toString()).isZero();
    assertThat(rowsOf(folder.resolve("extracted").resolve("part-00000.parquet")))
        .isEqualTo(before.rowCount());
    assertThat(extract("plain", out)).isEqualTo(1);
    assertThat(out.toString()).contains("plain format");
    spoilOne();
    assertThat(check(out)).isEqualTo(1);
    assertThat(out.toString()).contains("part-00000.parquet").contains("the digest differs");
  }

  private int check(StringWriter out) {
    return db(out, "check");
  }

  private int extract(String table, StringWriter out) {
    return db(
        out,
        "extract",
        TestServer.NAMESPACE,
        table,
        "--to",
        folder.resolve("extracted").toString());
  }

  private int db(StringWriter out, String... command) {
    CommandLine line = FedflowCommand.line("test", List.of(new DbCommand()));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    List<String> words = new ArrayList<>(List.of("db"));
    words.addAll(List.of(command));
    words.addAll(List.of("--data-dir", folder.resolve("server").toString()));
    return line.execute(words.toArray(String[]::new));
  }

  private static int rowsOf(Path file) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM '" + file + "'")) {
      count.next();
      return count.getInt(1);
    }
  }

  /** Changes a byte of one Parquet file among the blobs. */
  private void spoilOne() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("server"))) {
      Path file = all.filter(ParquetServerTest::isParquet).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
  }

  private static boolean isParquet(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.size(file) > 4
          && Arrays.equals(
              Arrays.copyOf(Files.readAllBytes(file), 4),
              "PAR1".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException gone) {
      return false;
    }
  }

  private List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("server"))) {
      return all.filter(
              file ->
                  file.toString().endsWith(".parquet")
                      || file.getFileName().toString().startsWith("upload-"))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "parquet"})
  void aParquetFile_becomesATable_byEveryWay(String layout) throws Exception {
    Path file =
        parquet(
            "people.parquet",
            "SELECT 0.5 * i AS x, 'p' || i % 5 AS person, i AS y FROM range(7) t(i)");
    try (TestServer server = TestServer.start(options(layout).build())) {
      String streamed =
          server.blocking().upload(file, settings("streamed", Map.of("sid", "person"))).jobId();
      assertThat(server.ended(streamed)).containsEntry("status", "success");
      // The last of rows with one id stays: p0 and p1 stand twice.
      Table table = server.server().site().data().read(TestServer.NAMESPACE, "streamed");
      assertThat(table.ids()).containsExactly("p2", "p3", "p4", "p0", "p1");
      assertThat(table.schema().header()).containsExactly("x", "y");
      assertThat(table.column(1).textAt(3)).isEqualTo("5");

      Map<String, Object> local = new HashMap<>(settings("local", Map.of()));
      local.putAll(Map.of("file", "people.parquet", "use_local_data", 0, "extend_sid", true));
      Map<String, Object> told = V1.of(server).post("data/upload", local);
      assertThat(server.ended(String.valueOf(told.get("jobId"))))
          .containsEntry("status", "success");
      assertThat(server.server().site().data().read(TestServer.NAMESPACE, "local").rowCount())
          .isEqualTo(7);
    }
    assertThat(temporaryFiles()).isEmpty();
  }

  @Test
  void aParquetFileThatIsNoTable_failsInWords() throws Exception {
    Path file = parquet("nested.parquet", "SELECT 1 AS id, [1, 2] AS l");
    try (TestServer server = TestServer.start(options("parquet").build())) {
      String job = server.blocking().upload(file, settings("t", Map.of())).jobId();
      Map<String, Object> end = server.ended(job);
      assertThat(end).containsEntry("status", "failed");
      assertThat(String.valueOf(end.get("cause"))).contains("column 'l'", "nested values");
      assertThat(server.server().site().data().find(TestServer.NAMESPACE, "t"))
          .succeedsWithin(Duration.ofSeconds(30))
          .satisfies(found -> assertThat(found).isEmpty());
    }
    assertThat(temporaryFiles()).isEmpty();
  }

  private static Map<String, Object> settings(String table, Map<String, Object> schema) {
    return Map.of(
        "namespace",
        TestServer.NAMESPACE,
        "table_name",
        table,
        "head",
        1,
        "partition",
        1,
        "schema",
        schema);
  }

  @Test
  void aLayoutThatIsNotThere_isRefusedAtTheStart() {
    assertThat(catchThrowable(() -> TestServer.start(options("clay").build())))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("--tables")
        .hasMessageContaining("clay")
        .hasMessageContaining("parquet");
  }
}
