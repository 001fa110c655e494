package io.fedflow.server;

import static io.fedflow.server.OriginalSite.list;
import static io.fedflow.server.OriginalSite.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code flow data} and {@code table}. */
interface OriginalTableCommands extends OriginalCommands {

  @Test
  default void data_downloadAndWriter() throws Exception {
    Map<String, Object> table =
        Map.of("namespace", TestServer.NAMESPACE, "table_name", OriginalSite.GUEST_TABLE);
    Path file = site().folder().resolve("export").resolve("guest.csv");
    Map<String, Object> download = TestJobs.with(table, file.toString(), "output_path");
    Map<String, Object> asked =
        site().right("data", "download", "-c", site().conf("download", download));
    assertThat(TestServer.at(asked, "data", "table_name")).isEqualTo(OriginalSite.GUEST_TABLE);
    assertThat(site().end(String.valueOf(asked.get("jobId")))).isEqualTo("success");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(OriginalSite.ROWS + 1);
    assertThat(lines.get(0)).startsWith("id,y,x0");
    String elsewhere = site().client().work() + "/out.csv";
    assertThat(
            site()
                .wrong(
                    101,
                    "data",
                    "download",
                    "-c",
                    site().conf("elsewhere", TestJobs.with(table, elsewhere, "output_path"))))
        .contains("output_path: the server may not write there");
    assertThat(Path.of(elsewhere)).doesNotExist();

    Map<String, Object> copy =
        TestJobs.with(
            TestJobs.with(table, TestServer.NAMESPACE, "output_namespace"),
            "written",
            "output_name");
    Map<String, Object> written = site().right("data", "writer", "-c", site().conf("writer", copy));
    assertThat(site().end(String.valueOf(written.get("jobId")))).isEqualTo("success");
    assertThat(site().count("written")).isEqualTo(String.valueOf(OriginalSite.ROWS));
    assertThat(
            site()
                .wrong(
                    101,
                    "data",
                    "writer",
                    "-c",
                    site().conf("sql", TestJobs.with(table, "MYSQL", "storage_engine"))))
        .contains("storage_engine: found 'MYSQL'");
  }

  @Test
  default void data_upload() throws Exception {
    Path file =
        Files.writeString(site().client().work().resolve("small.csv"), "id,x0,x1\na,1,2\nb,3,4\n");
    Map<String, Object> settings =
        Map.of(
            "file",
            file.toString(),
            "head",
            1,
            "partition",
            2,
            "namespace",
            TestServer.NAMESPACE,
            "table_name",
            "small & = + 100% one");
    String conf = site().conf("upload", settings);
    Map<String, Object> uploaded = site().right("data", "upload", "-c", conf);
    assertThat(TestServer.at(uploaded, "data", "table_name")).isEqualTo("small & = + 100% one");
    assertThat(TestServer.at(uploaded, "data", "board_url")).isNotNull();
    assertThat(site().server().ended(String.valueOf(uploaded.get("jobId"))))
        .containsEntry("status", "success");
    Object info =
        site().data("table", "info", "-n", TestServer.NAMESPACE, "-t", "small & = + 100% one");
    assertThat(TestServer.at(info, "count")).isEqualTo(2);
    assertThat(TestServer.at(info, "partition")).isEqualTo(2);
    assertThat(TestServer.at(info, "schema", "header")).isEqualTo("x0,x1");

    assertThat(site().wrong(100, "data", "upload", "-c", conf)).contains("drop");
    Files.writeString(file, "id,x0,x1\na,1,2\n");
    Map<String, Object> again = site().right("data", "upload", "-c", conf, "--drop");
    assertThat(site().server().ended(String.valueOf(again.get("jobId"))))
        .containsEntry("status", "success");
    assertThat(site().count("small & = + 100% one")).isEqualTo("1");

    Map<String, Object> remote =
        TestJobs.with(
            TestJobs.with(TestJobs.with(settings, 0, "use_local_data"), "remote", "table_name"),
            "remote.csv",
            "file");
    Map<String, Object> read = site().right("data", "upload", "-c", site().conf("remote", remote));
    assertThat(site().server().ended(String.valueOf(read.get("jobId"))))
        .containsEntry("status", "success");
    assertThat(site().count("remote")).isEqualTo("3");
  }

  @Test
  default void data_uploadHistory() throws Exception {
    List<Object> two = list(site().data("data", "upload-history", "-l", "2"));
    assertThat(two).hasSize(2);
    String newest = String.valueOf(map(two.get(0)).keySet().iterator().next());
    Object entry = TestServer.at(two.get(0), newest);
    assertThat(TestServer.at(entry, "upload_info", "upload_count")).isInstanceOf(Integer.class);
    assertThat(map(entry)).containsKeys("notes", "schema");
    assertThat(site().data("data", "upload-history", "-j", newest)).isEqualTo(List.of(two.get(0)));
  }

  @Test
  default void table_bindAndAdd() throws Exception {
    Path file = site().folder().resolve("local").resolve("bound.csv");
    Map<String, Object> settings =
        Map.of(
            "engine",
            "PATH",
            "name",
            "bound",
            "namespace",
            TestServer.NAMESPACE,
            "address",
            Map.of("path", file.toString()),
            "head",
            1,
            "partitions",
            1,
            "id_delimiter",
            ",");
    String conf = site().conf("bind", settings);
    assertThat(site().data("table", "bind", "-c", conf))
        .isEqualTo(Map.of("namespace", TestServer.NAMESPACE, "table_name", "bound"));
    assertThat(site().count("bound")).isEqualTo("2");
    assertThat(site().wrong(100, "table", "bind", "-c", conf)).contains("exists");
    Files.writeString(file, "id,x0\na,1\n");
    site().data("table", "bind", "-c", conf, "--drop");
    assertThat(site().count("bound")).isEqualTo("1");
    site().data("table", "add", "-c", site().conf("add", TestJobs.with(settings, "added", "name")));
    assertThat(site().count("added")).isEqualTo("1");
    Map<String, Object> info =
        Map.of("host", "127.0.0.1", "port", 3306, "user", "ana", "passwd", "not shown");
    Map<String, Object> connector =
        Map.of("connector_name", "c", "engine", "MYSQL", "connector_info", info);
    site().right("table", "connector-create", "-c", site().conf("connector", connector));
    Object shown = site().data("table", "connector-query", "--connector-name", "c");
    assertThat(TestServer.at(shown, "engine")).isEqualTo("MYSQL");
    assertThat(TestServer.at(shown, "connector_info", "user")).isEqualTo("ana");
    assertThat(String.valueOf(shown)).doesNotContain("not shown");
    assertThat(
            site()
                .wrong(
                    101,
                    "table",
                    "connector-create",
                    "-c",
                    site()
                        .conf(
                            "connector",
                            TestJobs.with(connector, "10.0.0.1", "connector_info", "host"))))
        .contains("--sql-address");
  }

  @Test
  default void table_infoAndDelete() throws Exception {
    Object info =
        site().data("table", "info", "-n", TestServer.NAMESPACE, "-t", OriginalSite.GUEST_TABLE);
    assertThat(map(info))
        .contains(
            entry("namespace", TestServer.NAMESPACE),
            entry("table_name", OriginalSite.GUEST_TABLE),
            entry("exist", 1),
            entry("count", OriginalSite.ROWS));
    assertThat(
            TestServer.at(
                site().data("table", "info", "-n", TestServer.NAMESPACE, "-t", "nope"), "exist"))
        .isEqualTo(0);
    site().upload("going", "id,x\n1,2\n");
    Map<String, Object> gone =
        site().right("table", "delete", "-n", TestServer.NAMESPACE, "-t", "going");
    assertThat(gone)
        .contains(
            entry("retmsg", "success"),
            entry("data", Map.of("namespace", TestServer.NAMESPACE, "table_name", "going")));
    assertThat(site().wrong(101, "table", "delete", "-n", TestServer.NAMESPACE, "-t", "going"))
        .isEqualTo("no find table");
  }

  @Test
  default void table_sources() throws Exception {
    assertThat(
            list(
                TestServer.at(
                    site()
                        .data(
                            "table",
                            "tracking-job",
                            "-n",
                            TestServer.NAMESPACE,
                            "-t",
                            OriginalSite.HOST_TABLE),
                    "job")))
        .contains(site().jobId());
    assertThat(
            site()
                .data(
                    "table",
                    "tracking-source",
                    "-n",
                    TestServer.NAMESPACE,
                    "-t",
                    OriginalSite.HOST_TABLE))
        .isEqualTo(List.of());
    List<Object> made = list(site().data(site().at("component", "output-data-table", "binning_0")));
    List<Object> sources =
        list(
            site()
                .data(
                    "table",
                    "tracking-source",
                    "-n",
                    String.valueOf(TestServer.at(made.get(0), "table_namespace")),
                    "-t",
                    String.valueOf(TestServer.at(made.get(0), "table_name"))));
    assertThat(sources)
        .singleElement()
        .satisfies(
            source -> {
              assertThat(TestServer.at(source, "source_table_name"))
                  .isEqualTo(OriginalSite.GUEST_TABLE);
              assertThat(TestServer.at(source, "source_table_namespace"))
                  .isEqualTo(TestServer.NAMESPACE);
            });
  }

  @Test
  default void table_switches() throws Exception {
    site().upload("switched", "id,x\n1,2\n");
    List<Object> one = List.of(Map.of("namespace", TestServer.NAMESPACE, "table_name", "switched"));
    assertThat(site().data("table", "disable", "-n", TestServer.NAMESPACE, "-t", "switched"))
        .isEqualTo(one);
    assertThat(
            TestServer.at(
                site().data("table", "info", "-n", TestServer.NAMESPACE, "-t", "switched"),
                "enable"))
        .isEqualTo(false);
    assertThat(site().data("table", "enable", "-n", TestServer.NAMESPACE, "-t", "switched"))
        .isEqualTo(one);
    assertThat(site().wrong(101, "table", "disable-delete")).isNotEmpty();
    site().data("table", "disable", "-n", TestServer.NAMESPACE, "-t", "switched");
    assertThat(site().data("table", "disable-delete")).isEqualTo(one);
    assertThat(
            TestServer.at(
                site().data("table", "info", "-n", TestServer.NAMESPACE, "-t", "switched"),
                "exist"))
        .isEqualTo(0);
    assertThat(site().wrong(101, "table", "enable", "-n", TestServer.NAMESPACE, "-t", "switched"))
        .isNotEmpty();
  }
}
