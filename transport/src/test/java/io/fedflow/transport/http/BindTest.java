package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.http.EdgeFixture.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindTest {

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() throws Exception {
    Path allowed = Files.createDirectories(folder.resolve("allowed"));
    Files.writeString(allowed.resolve("d.csv"), "id,x0\na,1\nb,2\n");
    Files.writeString(allowed.resolve("bare.csv"), "a;1;2\nb;3;4\n");
    Files.writeString(folder.resolve("secret.csv"), "id,x0\na,1\n");
    edge =
        new EdgeFixture(
            folder.resolve("staging"), options -> options.localDataFolders(List.of(allowed)));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  @Covers({"/v1/table/bind", "/v1/table/add"})
  void files_becomeTables() {
    for (String route : List.of("/v1/table/bind", "/v1/table/add")) {
      Reply reply = edge.post(route, asked("d.csv", Map.of("drop", true, "partitions", 4)));
      assertThat(reply.retcode()).as(reply.retmsg()).isZero();
      assertThat(reply.retmsg()).isEqualTo("success");
      assertThat(reply.map()).isEqualTo(Map.of("table_name", "t", "namespace", "ns"));
    }
    assertThat(info())
        .containsEntry("count", 2)
        .containsEntry("partition", 4)
        .containsEntry("origin", "table_bind")
        .containsEntry("schema", Map.of("header", "x0", "sid", "id"));
  }

  @Test
  void filesWithoutAHeader_getTheGivenOne() {
    Map<String, Object> more = new HashMap<>();
    more.put("head", 0);
    more.put("id_delimiter", ";");
    more.put("id_column", "uid");
    more.put("feature_column", "age,pay");
    more.put("in_serialized", 0);
    more.put("engine", "localfs");
    Reply reply = edge.post("/v1/table/bind", asked("bare.csv", more));
    assertThat(reply.retcode()).as(reply.retmsg()).isZero();
    assertThat(info())
        .containsEntry("count", 2)
        .containsEntry("schema", Map.of("header", "age;pay", "sid", "uid"));
    assertThat(edge.post("/v1/table/preview", Map.of("namespace", "ns", "name", "t")).text())
        .contains("[\"b\",\"3\",\"4\"]");
  }

  @Test
  void anExistingTable_needsDrop() {
    assertThat(edge.post("/v1/table/bind", asked("d.csv", Map.of())).retcode()).isZero();
    Reply again = edge.post("/v1/table/bind", asked("d.csv", Map.of()));
    assertThat(again.retcode()).isEqualTo(100);
    assertThat(again.retmsg()).contains("exists");
    assertThat(edge.post("/v1/table/bind", asked("d.csv", Map.of("drop", 1))).retcode()).isZero();
  }

  @Test
  void otherEnginesAndFiles_areRefused() {
    assertThat(edge.post("/v1/table/bind", asked("d.csv", Map.of("engine", "HIVE"))).retmsg())
        .contains("engine: found 'HIVE', allowed LOCALFS or PATH");
    for (String path : List.of("../secret.csv", "/etc/passwd", "none.csv")) {
      Reply refused = edge.post("/v1/table/bind", asked(path, Map.of()));
      assertThat(refused.retcode()).as(path).isEqualTo(101);
      assertThat(refused.retmsg()).doesNotContain(folder.toString());
    }
    assertThat(edge.post("/v1/table/bind", Map.of("engine", "PATH")).retmsg())
        .contains("address, namespace, name");
    assertThat(edge.post("/v1/table/bind", asked("d.csv", Map.of("address", "here"))).retmsg())
        .contains("address: found 'here', allowed an object");
    assertThat(edge.post("/v1/table/bind", asked("d.csv", Map.of("partitions", 0))).retmsg())
        .contains("partitions: found '0'");
    assertThat(edge.post("/v1/table/bind", asked("d.csv", Map.of("id_column", "i"))).retmsg())
        .contains("head 0");
    assertThat(
            edge.post("/v1/table/bind", asked("bare.csv", Map.of("head", 0, "id_column", "i")))
                .retmsg())
        .contains("feature_column");
  }

  private Map<String, Object> info() {
    return edge.post("/v1/table/table_info", Map.of("namespace", "ns", "name", "t")).map();
  }

  private static Map<String, Object> asked(String path, Map<String, Object> more) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("engine", "PATH");
    asked.put("namespace", "ns");
    asked.put("name", "t");
    asked.put("address", Map.of("path", path));
    asked.putAll(more);
    return asked;
  }
}
