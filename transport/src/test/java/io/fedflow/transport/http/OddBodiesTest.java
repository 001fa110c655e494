package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.memory.MemoryStores;
import io.fedflow.permission.StoredPermissions;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import io.fedflow.transport.http.v1.ClientRoute;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client route answers nonsense with FATE's envelope, and never as a bug of the server. */
class OddBodiesTest {

  private static final List<String> FIELDS =
      List.of(
          "job_id",
          "role",
          "party_id",
          "component_name",
          "status",
          "notes",
          "limit",
          "page",
          "order",
          "order_by",
          "metric_namespace",
          "metric_name",
          "filename",
          "head",
          "namespace",
          "name",
          "table_name",
          "schema",
          "engine",
          "address",
          "partitions",
          "id_delimiter",
          "log_type",
          "begin",
          "end",
          "model_id",
          "model_version",
          "query_filters",
          "tag_name",
          "tag_desc",
          "with_model",
          "dataset",
          "component",
          "module",
          "service_name",
          "resource_in_use",
          "dsl_version",
          "component_module_name",
          "component_parameters",
          "role_parameters",
          "job_dsl",
          "train_dsl",
          "cpn_str",
          "job_runtime_conf",
          "file",
          "partition");

  @TempDir static Path folder;
  static EdgeFixture edge;

  @BeforeAll
  static void start() {
    edge =
        new EdgeFixture(
            folder,
            options ->
                options
                    .localDataFolders(List.of(folder))
                    .permissions(new StoredPermissions(MemoryStores.create().blobs())));
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS));
    edge.site.tracking.tasks.add(Rows.task("j1", "lr_0", Rows.GUEST, TaskStatus.SUCCESS));
    edge.site.pipelines.plans.put("j1", Rows.plan());
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  static List<ClientRoute> routes() {
    return ClientRoute.all();
  }

  private static List<String> bodies() {
    List<String> bodies =
        new ArrayList<>(List.of("", "null", "[1]", "\"text\"", "{}", "{", "not json", "\u0000"));
    for (Object value :
        List.of(
            Map.of("a", 1),
            List.of(Map.of()),
            List.of(),
            -1,
            1e300,
            true,
            "",
            "*",
            "../../etc/passwd",
            "\u0000\n",
            "x".repeat(5000))) {
      Map<String, Object> all = new LinkedHashMap<>();
      FIELDS.forEach(field -> all.put(field, value));
      bodies.add(edge.codec.write(all));
      // Past the first check of most routes.
      all.putAll(Map.of("job_id", "j1", "role", "guest", "party_id", 9999));
      bodies.add(edge.codec.write(all));
    }
    return bodies;
  }

  @ParameterizedTest
  @MethodSource("routes")
  void nonsense_isAnsweredWithTheEnvelope(ClientRoute route) {
    String path = route.path().replaceAll("<[a-z_]+>", "x");
    for (String body : bodies()) {
      Reply reply =
          edge.send(
              edge.request(path)
                  .header("Content-Type", "application/json")
                  .method(route.methods().get(0), BodyPublishers.ofString(body))
                  .build());
      String asked = path + " " + body;
      if (reply.tree().isEmpty()) {
        assertThat(reply.raw().headers().firstValue("Content-Disposition")).as(asked).isPresent();
        continue;
      }
      assertThat(reply.tree().get("retcode")).as(asked).isInstanceOf(Integer.class);
      assertThat(reply.retmsg())
          .as(asked)
          .doesNotContain("internal error")
          .doesNotContain("Exception")
          .doesNotContain("io.fedflow")
          .doesNotContain(folder.toString());
    }
  }
}
