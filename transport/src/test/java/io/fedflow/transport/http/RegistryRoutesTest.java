package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.dsl.JobPlanner;
import io.fedflow.transport.http.EdgeFixture.Reply;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryRoutesTest {

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    edge.site.pipelines.onPlan = documents -> JobPlanner.plan(documents, edge.site.catalog);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  @Covers({"/v1/component/get", "/v1/component/<name>/get"})
  @SuppressWarnings("unchecked")
  void components_areListedWithTheirParameters() {
    Map<String, Object> all = edge.post("/v1/component/get", Map.of()).map();
    assertThat(all).containsOnlyKeys("HeteroLR");
    assertThat((Map<String, Object>) all.get("HeteroLR"))
        .containsEntry("default_provider", "fate")
        .containsEntry("support_provider", List.of("fate"))
        .containsEntry("alias", List.of("LogisticRegression"))
        .containsEntry("roles", List.of("guest", "host"));
    for (String name : List.of("HeteroLR", "heterolr", "LogisticRegression")) {
      assertThat(edge.post("/v1/component/" + name + "/get", Map.of()).map())
          .isEqualTo(all.get("HeteroLR"));
    }
    Reply unknown = edge.post("/v1/component/nothing/get", Map.of());
    assertThat(unknown.retcode()).isZero();
    assertThat(unknown.tree()).doesNotContainKey("data");
  }

  @Test
  @Covers({"/v1/provider/get", "/v1/provider/<name>/get", "/v1/provider/registry/get"})
  @SuppressWarnings("unchecked")
  void providers_areListedWithoutPaths() {
    Map<String, Object> fate =
        (Map<String, Object>) edge.post("/v1/provider/get", Map.of()).map().get("fate");
    assertThat(fate)
        .containsEntry("default", Map.of("version", "1.11.2"))
        .containsEntry(
            "1.11.2",
            Map.of("path", "", "class_path", Map.of(), "components", List.of("heterolr")));
    assertThat(edge.post("/v1/provider/fate/get", Map.of()).map()).isEqualTo(fate);
    assertThat(edge.post("/v1/provider/other/get", Map.of()).tree()).doesNotContainKey("data");
    Map<String, Object> registry = edge.post("/v1/provider/registry/get", Map.of()).map();
    assertThat(registry).containsOnlyKeys("components", "providers", "default_settings");
    assertThat((Map<String, Object>) registry.get("default_settings"))
        .containsOnlyKeys("fate", "fate_flow");
  }

  @Test
  @Covers("/v1/component/validate")
  void validate_takesBothVersions() {
    assertThat(validate(2, Map.of("component_parameters", v2(Map.of("max_iter", 5)))).retcode())
        .isZero();
    assertThat(validate(2, Map.of()).retcode()).as("all defaults").isZero();
    Map<String, Object> v1 =
        Map.of(
            "algorithm_parameters",
            Map.of("lr_0", Map.of("max_iter", 3)),
            "role_parameters",
            Map.of("guest", Map.of("lr_0", Map.of("max_iter", List.of(5)))));
    assertThat(validate(1, v1).retcode()).isZero();
  }

  @Test
  void validate_namesWhatIsWrong() {
    Reply range = validate(2, Map.of("component_parameters", v2(Map.of("max_iter", 5000))));
    assertThat(range.status()).isEqualTo(400);
    assertThat(range.retcode()).isEqualTo(400);
    assertThat(range.text())
        .contains("conf/component_parameters/common/lr_0/max_iter", "5000", "<= 1000");
    Reply unknown = validate(2, Map.of("component_parameters", v2(Map.of("max_itre", 5))));
    assertThat(unknown.text()).contains("unknown parameter", "max_itre");
    Map<String, Object> perParty =
        Map.of("role", Map.of("guest", Map.of("0|2", Map.of("lr_0", Map.of("max_iter", 0)))));
    assertThat(validate(2, Map.of("component_parameters", perParty)).text())
        .contains("conf/component_parameters/role/guest/0|2/lr_0/max_iter");
    Map<String, Object> v1 =
        Map.of(
            "role_parameters",
            Map.of("guest", Map.of("lr_0", Map.of("max_iter", List.of(5, "many")))));
    assertThat(validate(1, v1).text()).contains("conf/role_parameters/guest/lr_0/max_iter/1");
  }

  @Test
  void validate_namesWrongModulesAndRoles() {
    Map<String, Object> asked = asked(2);
    asked.put("component_module_name", "HeteroLRR");
    assertThat(edge.post("/v1/component/validate", asked).text())
        .contains("component_module_name", "HeteroLRR", "HeteroLR");
    asked = asked(2);
    asked.put("role", "arbiter");
    Reply role = edge.post("/v1/component/validate", asked);
    assertThat(role.status()).isEqualTo(400);
    assertThat(role.text()).contains("arbiter", "[guest, host]");
    assertThat(edge.post("/v1/component/validate", Map.of("role", "guest")).retmsg())
        .contains("dsl_version, component_name, component_module_name");
    asked.put("role", "../..");
    assertThat(edge.post("/v1/component/validate", asked).retcode()).isEqualTo(101);
    assertThat(validate(3, Map.of()).retmsg()).contains("dsl_version: found '3', allowed 1..2");
  }

  private static Map<String, Object> v2(Map<String, Object> parameters) {
    return Map.of("common", Map.of("lr_0", parameters));
  }

  private Reply validate(int version, Map<String, Object> more) {
    Map<String, Object> asked = asked(version);
    asked.putAll(more);
    return edge.post("/v1/component/validate", asked);
  }

  private static Map<String, Object> asked(int version) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("dsl_version", version);
    asked.put("component_name", "lr_0");
    asked.put("component_module_name", "HeteroLR");
    asked.put("role", "guest");
    return asked;
  }
}
