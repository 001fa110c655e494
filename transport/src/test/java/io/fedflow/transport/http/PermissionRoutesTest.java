package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.memory.MemoryStores;
import io.fedflow.permission.StoredPermissions;
import io.fedflow.transport.http.EdgeFixture.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionRoutesTest {

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    StoredPermissions permissions = new StoredPermissions(MemoryStores.create().blobs());
    edge = new EdgeFixture(folder, options -> options.permissions(permissions));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private Object granted(Object party) {
    return edge.post("/v1/permission/query", Map.of("party_id", party)).data();
  }

  @Test
  @Covers({"/v1/permission/grant", "/v1/permission/delete", "/v1/permission/query"})
  void permissions_comeAndGo() {
    Map<String, Object> t = Map.of("namespace", "ns", "name", "t");
    Map<String, Object> u = Map.of("namespace", "ns", "name", "u");
    assertThat(granted(9999)).isEqualTo(Map.of("component", List.of(), "dataset", List.of()));
    assertThat(
            edge.post(
                    "/v1/permission/grant",
                    Map.of("party_id", 9999, "component", "LogisticRegression, heterolr"))
                .retcode())
        .isZero();
    edge.post("/v1/permission/grant", Map.of("party_id", "9999", "dataset", List.of(t, u)));
    assertThat(granted("9999"))
        .isEqualTo(Map.of("component", List.of("heterolr"), "dataset", List.of(t, u)));
    edge.post("/v1/permission/delete", Map.of("party_id", 9999, "dataset", t));
    assertThat(granted(9999))
        .isEqualTo(Map.of("component", List.of("heterolr"), "dataset", List.of(u)));
    edge.post("/v1/permission/delete", Map.of("party_id", 9999, "component", "*", "dataset", "*"));
    assertThat(granted(9999)).isEqualTo(Map.of("component", List.of(), "dataset", List.of()));
  }

  @Test
  void rolesAndCommands_areLimitedOnceGranted() {
    edge.post(
        "/v1/permission/grant",
        Map.of("party_id", 9999, "role", "guest", "command", "create, run"));
    assertThat(granted(9999))
        .isEqualTo(
            Map.of(
                "component",
                List.of(),
                "dataset",
                List.of(),
                "role",
                List.of("guest"),
                "command",
                List.of("create", "run")));
    edge.post("/v1/permission/delete", Map.of("party_id", 9999, "command", List.of("run")));
    edge.post("/v1/permission/delete", Map.of("party_id", 9999, "role", "*"));
    assertThat(granted(9999))
        .isEqualTo(
            Map.of(
                "component",
                List.of(),
                "dataset",
                List.of(),
                "role",
                List.of(),
                "command",
                List.of("create")));
    edge.post("/v1/permission/grant", Map.of("party_id", 9999, "role", "*", "command", "*"));
    assertThat(granted(9999)).isEqualTo(Map.of("component", List.of(), "dataset", List.of()));
    Reply unknown = edge.post("/v1/permission/grant", Map.of("party_id", 9999, "command", "stop"));
    assertThat(unknown.retcode()).isEqualTo(100);
    assertThat(unknown.retmsg()).contains("command: found 'stop', allowed * or [create, deploy");
  }

  @Test
  void wrongArguments_areNamed() {
    Reply unknown =
        edge.post("/v1/permission/grant", Map.of("party_id", 9999, "component", "HeteroLRR"));
    assertThat(unknown.retcode()).isEqualTo(100);
    assertThat(unknown.retmsg()).contains("component: found 'HeteroLRR'", "HeteroLR");
    Reply all = edge.post("/v1/permission/grant", Map.of("party_id", 9999, "dataset", "*"));
    assertThat(all.retcode()).isEqualTo(100);
    assertThat(all.retmsg()).contains("dataset: found '*'");
    assertThat(edge.post("/v1/permission/grant", Map.of("party_id", 9999)).retmsg())
        .contains("component or dataset");
    assertThat(edge.post("/v1/permission/query", Map.of()).retmsg()).contains("party_id");
    assertThat(
            edge.post("/v1/permission/delete", Map.of("party_id", 9999, "dataset", "ns.t"))
                .retmsg())
        .contains("dataset: found 'ns.t', allowed an object");
    assertThat(
            edge.post(
                    "/v1/permission/grant",
                    Map.of("party_id", 9999, "dataset", List.of(Map.of("name", "t"))))
                .retmsg())
        .contains("namespace");
    assertThat(edge.post("/v1/permission/query", Map.of("party_id", "../x")).retmsg())
        .contains("party_id: found '../x'");
  }

  @Test
  void aServerThatChecksNone_saysSo() {
    try (EdgeFixture open = new EdgeFixture(folder.resolve("open"), options -> options)) {
      for (String route : List.of("grant", "delete", "query")) {
        Reply off = open.post("/v1/permission/" + route, Map.of("party_id", 1, "component", "*"));
        assertThat(off.retcode()).isEqualTo(100);
        assertThat(off.retmsg()).contains("--permissions");
      }
    }
  }
}
