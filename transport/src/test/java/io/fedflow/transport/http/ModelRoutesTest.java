package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.JobStatus;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Party;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRoutesTest {

  private static final String MODEL = "guest-9999#model";

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    trained(Rows.HOST);
    trained(Rows.GUEST);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  @Covers("/v1/model/query")
  @SuppressWarnings("unchecked")
  void models_haveFatesColumns() {
    Reply all = edge.post("/v1/model/query", Map.of("model_id", MODEL));
    assertThat((List<?>) all.data()).hasSize(2);
    List<Map<String, Object>> host =
        (List<Map<String, Object>>)
            edge.post(
                    "/v1/model/query",
                    Map.of("model_version", "j1", "role", "host", "party_id", 10000))
                .data();
    assertThat(host).hasSize(1);
    assertThat(host.get(0))
        .containsEntry("f_model_id", MODEL)
        .containsEntry("f_model_version", "j1")
        .containsEntry("f_role", "host")
        .containsEntry("f_party_id", "10000")
        .containsEntry("f_initiator_party_id", "9999")
        .containsEntry("f_parent", true)
        .containsEntry("f_served", false)
        .containsEntry("f_size", 2)
        .containsEntry("f_create_date", "2026-01-01 04:01:00")
        .containsKeys("f_train_dsl", "f_runtime_conf");
    Reply few =
        edge.post(
            "/v1/model/query",
            Map.of("model_version", "j1", "role", "guest", "query_filters", List.of("model_id")));
    assertThat(few.data()).isEqualTo(List.of(Map.of("f_model_id", MODEL)));
  }

  @Test
  @SuppressWarnings("unchecked")
  void deployedModels_tellTheirParent() {
    PipelineModel trained = edge.site.pipelineModels.models.get(0);
    edge.site.pipelineModels.models.add(
        trained.deployed("d1", Map.of("components", Map.of()), 7).loaded(8).bound("s", 9));
    List<Map<String, Object>> rows =
        (List<Map<String, Object>>)
            edge.post("/v1/model/query", Map.of("model_version", "d1")).data();
    assertThat(rows.get(0))
        .containsEntry("f_parent", false)
        .containsEntry(
            "f_parent_info", Map.of("parent_model_id", MODEL, "parent_model_version", "j1"))
        .containsEntry("f_loaded_times", 1)
        .containsEntry("f_services", List.of("s"))
        .containsEntry("f_inference_dsl", Map.of("components", Map.of()))
        .containsEntry("f_train_dsl", trained.trainDsl());
  }

  @Test
  void models_ofNothingAreNone() {
    for (Map<String, Object> asked :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("model_id", "other"),
            Map.of("model_version", List.of()),
            Map.of("model_version", "j2"))) {
      assertThat(edge.post("/v1/model/query", asked).retcode()).as("%s", asked).isEqualTo(100);
    }
  }

  @Test
  @Covers("/v1/model/query/detail")
  void detail_namesTheComponents() {
    Map<String, Object> asked = Map.of("model_id", MODEL, "model_version", "j1");
    assertThat(edge.post("/v1/model/query/detail", asked).map())
        .containsEntry(
            "component_info",
            List.of(Map.of("component_name", "lr_0", "module", "HeteroLR", "index", 1)))
        .containsEntry("runtime_conf", Map.of("dsl_version", 2))
        .containsKeys("dsl", "inference_dsl", "inference_component_info");
    assertThat(
            edge.post("/v1/model/query/detail", Map.of("model_id", MODEL, "model_version", "x"))
                .retcode())
        .isEqualTo(100);
    assertThat(edge.post("/v1/model/query/detail", Map.of("model_id", MODEL)).retmsg())
        .contains("model_version");
  }

  @Test
  @Covers({
    "/v1/model/tag/create",
    "/v1/model/tag/list",
    "/v1/model/tag/retrieve",
    "/v1/model/tag/update",
    "/v1/model/tag/destroy"
  })
  void tags_comeChangeAndGo() {
    assertThat(tag("create", Map.of("tag_name", "good one", "tag_desc", "auc > 0.9")).retcode())
        .isZero();
    assertThat(tag("create", Map.of("tag_name", "other")).retcode()).isZero();
    assertThat(tag("create", Map.of("tag_name", "other")).retcode()).isEqualTo(100);
    edge.post("/v1/model/model_tag/create", Map.of("job_id", "j1", "tag_name", "good one"));
    assertThat(tag("list", Map.of("limit", 1)).data())
        .isEqualTo(
            Map.of(
                "tags",
                List.of(Map.of("name", "good one", "description", "auc > 0.9", "model_count", 1))));
    assertThat(tag("retrieve", Map.of("tag_name", "oth")).data())
        .isEqualTo(Map.of("tags", List.of(Map.of("name", "other", "description", ""))));
    Map<String, Object> change =
        Map.of("tag_name", "good one", "new_tag_name", "best", "new_tag_desc", "auc > 0.95");
    assertThat(tag("update", change).retcode()).isZero();
    Reply models = tag("retrieve", Map.of("tag_name", "best", "with_model", true));
    assertThat(models.map()).containsEntry("count", 2);
    assertThat(models.text())
        .contains("\"model_version\":\"j1\"", "\"role\":\"guest\"", "\"role\":\"host\"")
        .contains("\"model_size\":2");
    assertThat(tag("destroy", Map.of("tag_name", "best")).retcode()).isZero();
    assertThat(tag("retrieve", Map.of("tag_name", "best")).retcode()).isEqualTo(100);
    assertThat(edge.post("/v1/model/model_tag/retrieve", Map.of("job_id", "j1")).map())
        .containsEntry("count", 0);
  }

  @Test
  void tags_nameWhatIsWrong() {
    tag("create", Map.of("tag_name", "a"));
    tag("create", Map.of("tag_name", "b"));
    assertThat(tag("create", Map.of("tag_name", " ")).retmsg()).contains("tag_name", "1..100");
    assertThat(tag("create", Map.of("tag_name", "a\tb")).retmsg())
        .contains("tag_name: found control characters");
    assertThat(tag("list", Map.of()).retmsg()).contains("limit");
    assertThat(tag("update", Map.of("tag_name", "a")).retmsg()).contains("nothing that would");
    assertThat(tag("update", Map.of("tag_name", "a", "new_tag_name", "b")).retmsg())
        .contains("'b' exists");
    for (String unknown : List.of("update", "destroy")) {
      Reply reply = tag(unknown, Map.of("tag_name", "x", "new_tag_name", "y"));
      assertThat(reply.retcode()).isEqualTo(100);
      assertThat(reply.retmsg()).contains("found 'x', allowed one of [a, b]");
    }
    for (String route : List.of("create", "retrieve", "update", "destroy")) {
      assertThat(tag(route, Map.of()).retmsg()).contains("tag_name");
    }
  }

  @Test
  @Covers({
    "/v1/model/model_tag/create",
    "/v1/model/model_tag/retrieve",
    "/v1/model/model_tag/remove"
  })
  void models_getAndLoseTags() {
    tag("create", Map.of("tag_name", "a", "tag_desc", "first"));
    Map<String, Object> asked = Map.of("job_id", "j1", "tag_name", "a");
    assertThat(edge.post("/v1/model/model_tag/create", asked).retcode()).isZero();
    assertThat(edge.post("/v1/model/model_tag/create", asked).retmsg()).contains("already");
    assertThat(edge.post("/v1/model/model_tag/retrieve", Map.of("job_id", "j1")).data())
        .isEqualTo(
            Map.of("tags", List.of(Map.of("name", "a", "description", "first")), "count", 1));
    assertThat(edge.post("/v1/model/model_tag/remove", asked).retcode()).isZero();
    assertThat(edge.post("/v1/model/model_tag/remove", asked).retcode()).isEqualTo(100);
    Reply unknown = edge.post("/v1/model/model_tag/create", Map.of("job_id", "x", "tag_name", "a"));
    assertThat(unknown.retcode()).isEqualTo(100);
    assertThat(unknown.retmsg()).contains("job_id: found 'x'");
    assertThat(
            edge.post("/v1/model/model_tag/create", Map.of("job_id", "j1", "tag_name", "z"))
                .retcode())
        .as("FATE makes a tag that is not there yet")
        .isZero();
    assertThat(edge.post("/v1/model/tag/retrieve", Map.of("tag_name", "z")).retcode()).isZero();
  }

  private Reply tag(String route, Map<String, Object> asked) {
    return edge.post("/v1/model/tag/" + route, asked);
  }

  /** The catalog of the site knows HeteroLR only; components of others are not shown. */
  private void trained(Party party) {
    Map<String, Object> dsl =
        Map.of(
            "components",
            Map.of(
                "reader_0",
                Map.of("module", "Reader"),
                "lr_0",
                Map.of(
                    "module",
                    "HeteroLR",
                    "input",
                    Map.of("data", Map.of("train_data", List.of("reader_0.data"))))));
    edge.site.pipelineModels.models.add(
        PipelineModel.trained(Rows.withDsl(Rows.job("j1", party, JobStatus.SUCCESS), dsl)));
    edge.site.models.store(
        MODEL, "j1", party, new ComponentModel("lr_0", "HeteroLR", "model", Map.of()));
  }
}
