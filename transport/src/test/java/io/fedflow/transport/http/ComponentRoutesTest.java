package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.ModelMessage;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
import io.fedflow.tracking.OutputData;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentRoutesTest {

  private static final TaskId TASK = new TaskId("j1", "lr_0", 0);
  private static final String AT = TASK + "@guest:9999";
  private static final Map<String, Object> ASKED =
      Map.of("job_id", "j1", "component_name", "lr_0", "role", "guest", "party_id", 9999);

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS));
    edge.site.tracking.tasks.add(Rows.task("j1", "lr_0", Rows.GUEST, TaskStatus.SUCCESS));
    edge.site.pipelines.plans.put("j1", Rows.plan());
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics",
        "metric/all",
        "metric_data",
        "parameters",
        "output/model",
        "output/data",
        "output/data/table",
        "summary/download",
        "list",
        "output/data/download"
      })
  void missingAndOddArguments_areRefused(String route) {
    String path = "/v1/tracking/component/" + route;
    assertThat(edge.post(path, Map.of()).retcode()).isEqualTo(101);
    Map<String, Object> odd = new HashMap<>(ASKED);
    odd.put("job_id", Map.of("a", 1));
    assertThat(edge.post(path, odd).retcode()).isEqualTo(101);
    if (!route.equals("list")) {
      odd.putAll(ASKED);
      odd.put("role", "../..");
      Reply reply = edge.post(path, odd);
      assertThat(reply.retcode()).isEqualTo(101);
      assertThat(reply.status()).isIn(200, 210);
    }
  }

  @Test
  @Covers({
    "/v1/tracking/component/metrics",
    "/v1/tracking/component/metric/all",
    "/v1/tracking/component/metric_data"
  })
  void metrics_areSortedByKey() {
    value("train", "loss", 2, 0.5);
    value("train", "loss", 0, Double.NaN);
    value("train", "loss", 1, 0.6);
    value("train", "eval", "ks", 0.2);
    value("train", "eval", "auc", 0.9);
    edge.site.tracking.metas.add(
        new MetricMeta(TASK, Rows.GUEST, "train", "loss", "LOSS", Map.of("unit_name", "iters")));
    assertThat(edge.post("/v1/tracking/component/metrics", ASKED).data())
        .isEqualTo(Map.of("train", List.of("eval", "loss")));
    Map<String, Object> one = new HashMap<>(ASKED);
    one.put("metric_namespace", "train");
    one.put("metric_name", "loss");
    Reply loss = edge.post("/v1/tracking/component/metric_data", one);
    assertThat(loss.text()).contains("\"data\":[[0,NaN],[1,0.6],[2,0.5]]");
    assertThat(loss.tree().get("meta"))
        .isEqualTo(Map.of("name", "loss", "metric_type", "LOSS", "unit_name", "iters"));
    Reply all = edge.post("/v1/tracking/component/metric/all", ASKED);
    assertThat(all.text()).contains("\"data\":[[\"auc\",0.9],[\"ks\",0.2]]");
  }

  @Test
  @Covers("/v1/tracking/component/metric/delete")
  void metrics_areDeletedByJob() {
    value("train", "loss", 2, 0.5);
    Reply dated = edge.post("/v1/tracking/component/metric/delete", Map.of("model", "20260101"));
    assertThat(dated.retcode()).isEqualTo(100);
    assertThat(dated.text()).contains("job_id");
    assertThat(edge.post("/v1/tracking/component/metrics", ASKED).map()).isNotEmpty();
    Reply deleted = edge.post("/v1/tracking/component/metric/delete", Map.of("job_id", "j1"));
    assertThat(deleted.retcode()).isZero();
    assertThat(deleted.data()).isEqualTo("deleted the metrics of job j1");
    assertThat(edge.post("/v1/tracking/component/metrics", ASKED).data()).isEqualTo(Map.of());
  }

  @Test
  void metrics_ofNothing_areEmpty() {
    Map<String, Object> unknown = new HashMap<>(ASKED);
    unknown.put("component_name", "x");
    assertThat(edge.post("/v1/tracking/component/metrics", unknown).data()).isEqualTo(Map.of());
    assertThat(edge.post("/v1/tracking/component/metric/all", unknown).retcode()).isZero();
    Map<String, Object> one = new HashMap<>(ASKED);
    one.put("metric_namespace", "n");
    one.put("metric_name", "m");
    assertThat(edge.post("/v1/tracking/component/metric_data", one).text())
        .contains("\"meta\":{\"name\":null,\"metric_type\":null}");
  }

  @Test
  @Covers("/v1/tracking/component/parameters")
  void missingParty_meansTheInitiator() {
    Reply reply =
        edge.post(
            "/v1/tracking/component/parameters", Map.of("job_id", "j1", "component_name", "lr_0"));
    assertThat(reply.map())
        .containsEntry("module", "HeteroLR")
        .containsEntry("ComponentParam", Map.of("max_iter", 30));
    assertThat(
            edge.post(
                    "/v1/tracking/component/parameters",
                    Map.of("job_id", "x", "component_name", "lr_0"))
                .retcode())
        .isEqualTo(101);
  }

  @Test
  @Covers("/v1/tracking/component/output/model")
  void model_isProtobufsJson() {
    MessageSchema inner =
        MessageSchema.builder("Inner").one("bin_num", 1, MessageSchema.Type.INT32).build();
    MessageSchema schema =
        MessageSchema.builder("LRModelParam")
            .one("iters", 1, MessageSchema.Type.INT32)
            .map("weight", 2, MessageSchema.Type.DOUBLE)
            .one("best_iteration", 3, MessageSchema.Type.INT64)
            .map("per_column", 4, inner)
            .repeated("loss_history", 5, MessageSchema.Type.DOUBLE)
            .build();
    ModelMessage param =
        new ModelMessage(
            schema,
            Map.of(
                "iters", 3,
                "weight", Map.of("x0", 0.5),
                "per_column", Map.of("x0", new ModelMessage(inner, Map.of("bin_num", 4)))));
    edge.site.models.store(
        "m",
        "j1",
        Rows.GUEST,
        new ComponentModel("lr_0", "HeteroLR", "model", Map.of("LRParam", param)));
    Reply reply = edge.post("/v1/tracking/component/output/model", ASKED);
    assertThat(reply.data())
        .isEqualTo(
            Map.of(
                "iters", 3,
                "weight", Map.of("x0", 0.5),
                "bestIteration", "0",
                "perColumn", Map.of("x0", Map.of("binNum", 4)),
                "lossHistory", List.of()));
    assertThat(reply.tree().get("meta"))
        .isEqualTo(Map.of("meta_data", Map.of(), "module_name", "HeteroLR"));
    Map<String, Object> unknown = new HashMap<>(ASKED);
    unknown.put("component_name", "x");
    assertThat(edge.post("/v1/tracking/component/output/model", unknown).data())
        .isEqualTo(Map.of());
  }

  @Test
  @Covers("/v1/tracking/component/summary/download")
  void summary_comesInAnEnvelopeOrAsAFile() {
    Map<String, Object> named = new HashMap<>(ASKED);
    named.put("filename", "../../a\r\nX: y\".json");
    assertThat(edge.post("/v1/tracking/component/summary/download", ASKED).status()).isEqualTo(210);
    edge.site.tracking.summaries.put(AT, Map.of("auc", 0.9));
    Reply plain = edge.post("/v1/tracking/component/summary/download", ASKED);
    assertThat(plain.retmsg()).isEqualTo("success");
    assertThat(plain.data()).isEqualTo(Map.of("auc", 0.9));
    Reply file = edge.post("/v1/tracking/component/summary/download", named);
    assertThat(file.text()).isEqualTo("{\"auc\":0.9}");
    assertThat(file.raw().headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=.._.._a__X__y_.json");
  }

  @Test
  @Covers("/v1/tracking/component/list")
  void componentList_isInDslOrder() {
    assertThat(edge.post("/v1/tracking/component/list", Map.of("job_id", "j1")).data())
        .isEqualTo(Map.of("components", List.of("reader_0", "lr_0")));
    assertThat(edge.post("/v1/tracking/component/list", Map.of("job_id", "x")).retcode())
        .isEqualTo(100);
  }

  @Test
  @Covers({"/v1/tracking/component/output/data", "/v1/tracking/component/output/data/table"})
  void outputRows_areSampledWithHeaders() {
    output(Rows.instances(), "train");
    Reply reply = edge.post("/v1/tracking/component/output/data", ASKED);
    assertThat(reply.data())
        .isEqualTo(List.of(List.of(List.of("a", 1, 0.5, -2.0), Arrays.asList("b", 0, null, 1e-7))));
    assertThat(reply.tree().get("meta"))
        .isEqualTo(
            Map.of(
                "header", List.of(List.of("id", "y", "x0", "x1")),
                "total", List.of(2),
                "names", List.of("train")));
    assertThat(edge.post("/v1/tracking/component/output/data/table", ASKED).data())
        .isEqualTo(
            List.of(Map.of("table_name", "train", "table_namespace", "out", "data_name", "train")));
  }

  @Test
  void outputs_ofNothing() {
    assertThat(edge.post("/v1/tracking/component/output/data", ASKED).data()).isEqualTo(List.of());
    assertThat(edge.post("/v1/tracking/component/output/data/table", ASKED).retcode())
        .isEqualTo(100);
    Reply download = edge.post("/v1/tracking/component/output/data/download", ASKED);
    assertThat(download.status()).isEqualTo(210);
  }

  @Test
  @Covers("/v1/tracking/component/output/data/download")
  void download_takesGetWithABody() throws Exception {
    output(Rows.predictions(), "train/../../x");
    Reply reply =
        edge.send(
            edge.request("/v1/tracking/component/output/data/download")
                .method("GET", BodyPublishers.ofString(edge.codec.write(ASKED)))
                .build());
    assertThat(reply.raw().headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=job_j1_lr_0_guest_9999_output_data.tar.gz");
    Map<String, String> files = Archives.read(reply.bytes());
    assertThat(files)
        .containsOnlyKeys("train_.._.._x.csv", "train_.._.._x.meta")
        .containsEntry(
            "train_.._.._x.csv",
            "id,label,predict_result,predict_score,predict_detail,type\n"
                + "17,1,1,0.9,\"{'0': 0.1, '1': 0.9}\",train\n");
    assertThat(files.get("train_.._.._x.meta")).startsWith("{\"header\":[\"id\",\"label\"");
  }

  @Test
  void download_honoursLimitAndHead() throws Exception {
    output(Rows.instances(), "train");
    Map<String, Object> asked = new HashMap<>(ASKED);
    asked.put("limit", 1);
    asked.put("head", false);
    Reply one = edge.post("/v1/tracking/component/output/data/download", asked);
    assertThat(Archives.read(one.bytes()).get("train.csv")).isEqualTo("a,1,0.5,-2\n");
    asked.put("limit", 0);
    assertThat(edge.post("/v1/tracking/component/output/data/download", asked).status())
        .isEqualTo(210);
    asked.put("component_name", "x");
    Reply unknown = edge.post("/v1/tracking/component/output/data/download", asked);
    assertThat(unknown.status()).isEqualTo(210);
    assertThat(unknown.retcode()).isEqualTo(100);
  }

  @Test
  @Covers({"/v1/table/table_info", "/v1/table/preview", "/v1/table/delete"})
  void tables_tellPreviewAndGo() {
    edge.site.data.store(StoreRequest.upload("ns", "raw"), Rows.rawLines());
    edge.site.data.store(StoreRequest.upload("ns", "t"), Rows.instances());
    Reply info = edge.post("/v1/table/table_info", Map.of("namespace", "ns", "table_name", "t"));
    assertThat(info.map())
        .containsEntry("exist", 1)
        .containsEntry("count", 2)
        .containsEntry("namespace", "ns")
        .containsEntry("table_name", "t");
    assertThat(edge.post("/v1/table/table_info", Map.of("namespace", "ns", "name", "x")).map())
        .containsEntry("exist", 0);
    Reply raw = edge.post("/v1/table/preview", Map.of("namespace", "ns", "name", "raw"));
    assertThat(raw.data())
        .isEqualTo(Map.of("header", List.of(), "data", List.of(List.of("k", "1", "2", "", "x"))));
    assertThat(edge.post("/v1/table/preview", Map.of("namespace", "ns", "name", "x")).status())
        .isEqualTo(210);
    Map<String, Object> t = Map.of("namespace", "ns", "table_name", "t");
    assertThat(edge.post("/v1/table/delete", t).retmsg()).isEqualTo("success");
    assertThat(edge.post("/v1/table/delete", t).retmsg()).isEqualTo("no find table");
    assertThat(edge.post("/v1/table/delete", Map.of()).retcode()).isEqualTo(101);
  }

  @Test
  @Covers({
    "/v1/version/get",
    "/v1/info/version",
    "/v1/server/version/get",
    "/v1/server/fateflow/info",
    "/v1/info/common"
  })
  void versions_areTold() {
    Reply fate = edge.post("/v1/version/get", Map.of("module", "FATE"));
    assertThat(fate.retmsg()).isEqualTo("success");
    assertThat(fate.map()).containsKeys("FATE", "API");
    assertThat(edge.postText("/v1/version/get", "", "text/plain").map()).containsEntry("API", "v1");
    assertThat(edge.post("/v1/info/version", Map.of("module", "NOPE")).status()).isEqualTo(404);
    assertThat(edge.post("/v1/server/version/get", Map.of()).map()).containsKeys("FATE", "JDK");
    assertThat(edge.post("/v1/server/fateflow/info", Map.of()).text())
        .contains("\"http_port\":" + edge.port);
    assertThat(edge.post("/v1/info/common", Map.of()).map()).containsKey("host");
  }

  @Test
  void aServerWithoutRegistration_tellsWhereItIsReached_notWhereItListens() {
    edge.close();
    edge = new EdgeFixture(folder, options -> options.reachable("site.example"));

    for (String route : List.of("/v1/server/fateflow/info", "/v1/info/common")) {
      assertThat(edge.post(route, Map.of()).text())
          .contains("\"host\":\"site.example\"")
          .doesNotContain("127.0.0.1");
    }
  }

  private void value(String namespace, String name, Object key, Object value) {
    edge.site.tracking.values.add(
        new MetricValue(TASK, Rows.GUEST, namespace, name, key, value, 1));
  }

  private void output(io.fedflow.table.Table table, String name) {
    edge.site.data.store(StoreRequest.upload("out", name), table);
    edge.site.tracking.outputs.put(
        AT, List.of(new OutputData(name, "out", name, table.rowCount())));
  }
}
