package io.fedflow.server;

import static io.fedflow.server.OriginalSite.files;
import static io.fedflow.server.OriginalSite.list;
import static io.fedflow.server.OriginalSite.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code flow privilege}, {@code provider}, {@code resource}, {@code server}, {@code service}. */
interface OriginalSiteCommands extends OriginalCommands {

  @Test
  default void privileges() throws Exception {
    try (TestServer strict =
            TestServer.start(
                TestServer.options(site().folder().resolve("strict")).permissions(true).build());
        RequestRecorder recording =
            site().recorder().beside(strict.server().url(), "permissions")) {
      OriginalClient own = new OriginalClient(site().folder().resolve("strict_client"), recording);
      Map<String, Object> table =
          Map.of("namespace", TestServer.NAMESPACE, "name", OriginalSite.GUEST_TABLE);
      String conf =
          site()
              .conf(
                  "grant",
                  Map.of(
                      "party_id", 9999, "component", "Reader,HeteroLR", "dataset", List.of(table)));
      assertThat(own.flow("privilege", "grant", "-c", conf).envelope()).containsEntry("retcode", 0);
      Object granted = own.flow("privilege", "query", "-p", "9999").envelope().get("data");
      assertThat(list(TestServer.at(granted, "component")))
          .hasSize(2)
          .allMatch(
              name ->
                  Set.of("reader", "heterolr")
                      .contains(String.valueOf(name).toLowerCase(Locale.ROOT)));
      assertThat(TestServer.at(granted, "dataset")).isEqualTo(List.of(table));
      assertThat(own.flow("privilege", "delete", "-c", conf).envelope())
          .containsEntry("retcode", 0);
      assertThat(own.flow("privilege", "query", "-p", "9999").envelope().get("data"))
          .isEqualTo(Map.of("component", List.of(), "dataset", List.of()));
    }
    for (String verb : List.of("grant", "query", "delete")) {
      site().commands().right("privilege " + verb);
    }
    // Without the switch there is nothing to grant.
    assertThat(site().wrong(100, "privilege", "query", "-p", "9999")).contains("--permissions");
    site()
        .wrong(
            100,
            "privilege",
            "grant",
            "-c",
            site().conf("off", Map.of("party_id", 9999, "component", "*")));
    site()
        .wrong(
            100,
            "privilege",
            "delete",
            "-c",
            site().conf("off", Map.of("party_id", 9999, "component", "*")));
  }

  @Test
  default void site_providersResourcesAndVersions() throws Exception {
    Object components = site().data("provider", "list-components");
    assertThat(map(TestServer.at(components, "HeteroLR")))
        .containsKeys("default_provider", "support_provider");
    Object providers = site().data("provider", "list");
    assertThat(list(providerComponents(TestServer.at(providers, "fate")))).contains("heterolr");
    assertThat(list(providerComponents(TestServer.at(providers, "fate_flow"))))
        .contains("reader", "upload");
    Object one = site().data("provider", "list", "-n", "fate");
    assertThat(one).isEqualTo(TestServer.at(providers, "fate"));
    site()
        .refused(
            "provider",
            "register",
            "-c",
            site()
                .conf(
                    "provider",
                    Map.of("name", "fate", "version", "9", "path", site().client().work() + "")));
    Object resources = site().data("resource", "query");
    assertThat(TestServer.at(resources, "use_resource_job")).isEqualTo(List.of());
    assertThat(TestServer.at(resources, "computing_engine_resource", "f_remaining_cores"))
        .isEqualTo(TestServer.at(resources, "computing_engine_resource", "f_cores"));
    List<Object> returned = list(site().data("resource", "return", "-j", site().jobId()));
    assertThat(returned)
        .hasSize(3)
        .allSatisfy(row -> assertThat(TestServer.at(row, "resource_in_use")).isEqualTo(false));
    Object versions = site().data("server", "versions");
    assertThat(TestServer.at(versions, "API")).isEqualTo("v1");
    assertThat(String.valueOf(TestServer.at(versions, "FATEFlow"))).startsWith("1.11.");
    assertThat(site().data("service", "registry")).isEqualTo(Map.of());
    assertThat(map(site().data("server", "reload")))
        .containsEntry("server_registry", null)
        .extractingByKey("job_default_config")
        .satisfies(defaults -> assertThat(TestServer.at(defaults, "task_cores")).isEqualTo(4));
    OriginalRun check = site().client().pipelineConfigCheck();
    assertThat(check.out()).contains("Flow server status normal, Flow version: 1.11.");
  }

  private Object providerComponents(Object provider) {
    String version = String.valueOf(TestServer.at(provider, "default", "version"));
    return TestServer.at(provider, version, "components");
  }

  @Test
  default void key_commands() throws Exception {
    String key = Files.readString(Path.of(site().resource("public_key.pem")));
    String conf = site().conf("key", Map.of("party_id", "9998", "key", key));
    site().right("key", "save", "-c", conf);
    assertThat(site().data("key", "query", "-p", "9998")).isEqualTo(key);
    site().right("key", "delete", "-p", "9998");
    assertThat(site().right("key", "query", "-p", "9998")).doesNotContainKey("data");
    String odd = site().conf("odd_key", Map.of("party_id", "9998", "key", "no key"));
    assertThat(site().wrong(101, "key", "save", "-c", odd)).contains("PEM");
  }

  @Test
  default void template_download() throws Exception {
    Path to = site().target("template");
    site().right("template", "download", "--min-data", "1", "-o", to.toString());
    assertThat(to.resolve("fate_examples")).isNotEmptyDirectory();
    assertThat(to.resolve("fateflow_examples")).isNotEmptyDirectory();
    assertThat(files(to)).allSatisfy(file -> assertThat(file).isNotEmptyFile());
  }

  @Test
  default void test_toy() throws Exception {
    OriginalRun run = site().client().flow("test", "toy", "-gid", "9999", "-hid", "10000");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("toy test job \\d+ is success")
        .contains("secure_add_guest: success, the secure sum is 2000");
    site().commands().right("test toy");
  }

  /** Both of its components evaluate themselves while they train. */
  @Test
  default void test_min() throws Exception {
    OriginalRun min =
        site().client().flow("test", "min", "-gid", "9999", "-hid", "10000", "-aid", "10000");
    assertThat(min.exitCode()).as(min.out()).isZero();
    assertThat(min.out())
        .doesNotContain("Warning: The LR auc")
        .doesNotContain("Warning: The SBT auc")
        .doesNotContain("Traceback");
    site().commands().right("test min");
  }
}
