package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.JobStatus;
import io.fedflow.model.ComponentModel;
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
    trained("j1", Rows.GUEST, JobStatus.SUCCESS);
    trained("j1", Rows.HOST, JobStatus.SUCCESS);
    trained("j2", Rows.GUEST, JobStatus.FAILED);
    edge.site.tracking.jobs.add(Rows.job("j3", Rows.GUEST, JobStatus.SUCCESS));
    edge.site.pipelines.plans.put("j1", Rows.plan());
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  @Covers("/v1/model/query")
  @SuppressWarnings("unchecked")
  void models_areThoseOfJobsThatEndedWell() {
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
        .containsEntry("f_create_date", "2026-01-01 04:00:50")
        .containsKeys("f_train_dsl", "f_runtime_conf");
    Reply few =
        edge.post(
            "/v1/model/query",
            Map.of("model_version", "j1", "role", "guest", "query_filters", List.of("model_id")));
    assertThat(few.data()).isEqualTo(List.of(Map.of("f_model_id", MODEL)));
  }

  @Test
  void models_ofNothingAreNone() {
    for (Map<String, Object> asked :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("model_id", "other"),
            Map.of("model_version", "j2"),
            Map.of("model_version", "j3"))) {
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
            List.of(
                Map.of("component_name", "reader_0", "module", "Reader", "index", 0),
                Map.of("component_name", "lr_0", "module", "HeteroLR", "index", 1)))
        .containsEntry("runtime_conf", Map.of("dsl_version", 2))
        .containsKeys("dsl", "inference_dsl", "inference_component_info");
    assertThat(
            edge.post("/v1/model/query/detail", Map.of("model_id", MODEL, "model_version", "x"))
                .retcode())
        .isEqualTo(100);
    assertThat(edge.post("/v1/model/query/detail", Map.of("model_id", MODEL)).retmsg())
        .contains("model_version");
  }

  private void trained(String jobId, Party party, JobStatus status) {
    edge.site.tracking.jobs.add(Rows.job(jobId, party, status));
    edge.site.models.store(
        MODEL, jobId, party, new ComponentModel("lr_0", "HeteroLR", "model", Map.of()));
  }
}
