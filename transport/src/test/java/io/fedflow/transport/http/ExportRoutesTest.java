package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.outside.Outside;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that write tables as files or under other names. */
class ExportRoutesTest {

  @TempDir Path folder;
  private Path out;
  private EdgeFixture edge;

  @BeforeEach
  void start() throws Exception {
    out = Files.createDirectories(folder.resolve("out"));
    edge =
        new EdgeFixture(
            folder.resolve("staging"),
            options -> options.outside(new Outside(List.of(out), Set.of(), Map.of(), Set.of())));
    edge.site
        .data()
        .store(
            StoreRequest.upload("n", "t"),
            new Table(
                new TableSchema(TableKind.RAW, "id", List.of(ColumnSpec.text("x")), ","),
                new String[] {"1"},
                List.of(new Column.Texts(new String[] {"2"}))));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private static Map<String, Object> asked(Object... more) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("namespace", "n");
    asked.put("table_name", "t");
    for (int i = 0; i < more.length; i += 2) {
      asked.put((String) more[i], more[i + 1]);
    }
    return asked;
  }

  private Map<?, ?> parameters(int job, String component, String module) {
    JobDocuments documents = edge.site.pipelines.submitted.get(job);
    assertThat(documents.dsl())
        .isEqualTo(Map.of("components", Map.of(component, Map.of("module", module))));
    Map<?, ?> role =
        (Map<?, ?>) ((Map<?, ?>) documents.conf().get("component_parameters")).get("role");
    return (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) role.get("local")).get("0")).get(component);
  }

  @Test
  @Covers("/v1/data/download")
  void downloads_areJobsThatWriteBelowAnExportFolder() {
    String file = out.resolve("t.csv").toString();
    Reply reply =
        edge.post("/v1/data/download", asked("output_path", file, "delimiter", ";", "drop", 1));
    assertThat(reply.retcode()).as(reply.retmsg()).isZero();
    assertThat(reply.tree()).containsEntry("jobId", "2026");
    assertThat(reply.map())
        .containsEntry("table_name", "t")
        .containsEntry("namespace", "n")
        .containsEntry("code", 0);
    Map<?, ?> parameters = parameters(0, "download_0", "Download");
    assertThat(parameters.get("output_path")).isEqualTo(file);
    assertThat(parameters.get("delimiter")).isEqualTo(";");
    assertThat(parameters.get("overwrite")).isEqualTo(true);
    assertThat(edge.post("/v1/data/download", asked()).retmsg()).contains("output_path");
    Reply noTable =
        edge.post("/v1/data/download", asked("output_path", file, "table_name", "none"));
    assertThat(noTable.retcode()).isEqualTo(100);
    assertThat(noTable.retmsg()).contains("table none of namespace n");
    assertThat(edge.site.pipelines.submitted).hasSize(1);
  }

  @Test
  void pathsOutsideOfTheFolders_makeNoJob() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.createSymbolicLink(out.resolve("link"), other);
    Files.createSymbolicLink(out.resolve("link.csv"), other.resolve("x.csv"));
    for (String path :
        List.of(
            "/etc/passwd",
            "../other/x.csv",
            out + "/../other/x.csv",
            out.toString(),
            out.resolve("link/x.csv").toString(),
            out.resolve("link.csv").toString(),
            out.resolve(".hidden").toString(),
            "a\u0001" + "/../../x")) {
      Reply refused = edge.post("/v1/data/download", asked("output_path", path));
      assertThat(refused.retcode()).as(path).isEqualTo(101);
      assertThat(refused.retmsg())
          .as(path)
          .contains("output_path: the server may not write there", "--export-folder")
          .doesNotContain(folder.toString());
    }
    try (EdgeFixture bare = new EdgeFixture(folder.resolve("bare"), options -> options)) {
      assertThat(
              bare.post("/v1/data/download", asked("output_path", out.resolve("t").toString()))
                  .retmsg())
          .contains("there is none");
    }
    assertThat(edge.site.pipelines.submitted).isEmpty();
  }

  @Test
  @Covers("/v1/data/writer")
  void writers_areJobsThatNameATableOrAFile() {
    Reply copied =
        edge.post(
            "/v1/data/writer",
            asked("output_namespace", "n2", "output_name", "t2", "partitions", 3));
    assertThat(copied.retcode()).as(copied.retmsg()).isZero();
    assertThat(copied.tree()).containsEntry("jobId", "2026");
    Map<?, ?> parameters = parameters(0, "writer_0", "Writer");
    assertThat(parameters.get("output_namespace")).isEqualTo("n2");
    assertThat(parameters.get("output_name")).isEqualTo("t2");
    assertThat(parameters.get("partitions")).isEqualTo(3);
    assertThat(parameters.get("overwrite")).isEqualTo(false);

    String file = out.resolve("sub/t.csv").toString();
    Reply written =
        edge.post(
            "/v1/data/writer",
            asked("storage_engine", "localfs", "address", Map.of("path", file, "junk", 1)));
    assertThat(written.retcode()).as(written.retmsg()).isZero();
    assertThat(parameters(1, "writer_0", "Writer").get("address")).isEqualTo(Map.of("path", file));

    assertThat(
            edge.post("/v1/data/writer", asked("storage_engine", "MYSQL", "address", Map.of()))
                .retmsg())
        .contains("storage_engine: found 'MYSQL', allowed LOCALFS or PATH");
    assertThat(edge.post("/v1/data/writer", asked()).retmsg())
        .contains("storage_engine: found none");
    assertThat(
            edge.post(
                    "/v1/data/writer",
                    asked("storage_engine", "PATH", "address", Map.of("path", "/etc/x")))
                .retmsg())
        .contains("output_path: the server may not write there");
    assertThat(edge.site.pipelines.submitted).hasSize(2);
  }
}
