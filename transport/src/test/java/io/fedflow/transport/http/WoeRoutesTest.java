package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.JobStatus;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Party;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of evidence from a guest's model into a host's. */
class WoeRoutesTest {

  private static final String MODEL = "guest-9999#model";

  private static final MessageSchema COLUMN =
      MessageSchema.builder("IVParam")
          .repeated("woe_array", 1, Type.DOUBLE)
          .one("bin_nums", 10, Type.INT64)
          .build();
  private static final MessageSchema RESULT =
      MessageSchema.builder("FeatureBinningResult").map("binning_result", 1, COLUMN).build();
  private static final MessageSchema PARAM =
      MessageSchema.builder("FeatureBinningParam")
          .one("binning_result", 1, RESULT)
          .repeated("host_results", 2, RESULT)
          .repeated("header", 3, Type.STRING)
          .repeated("header_anonymous", 4, Type.STRING)
          .build();

  private static final MessageSchema TRANSFORM =
      MessageSchema.builder("TransformMeta")
          .repeated("transform_cols", 1, Type.INT64)
          .one("transform_type", 2, Type.STRING)
          .build();
  private static final MessageSchema META =
      MessageSchema.builder("FeatureBinningMeta").one("transform_param", 9, TRANSFORM).build();

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    Map<String, ModelMessage> known = new LinkedHashMap<>();
    known.put("host_10000_x0", column(2, 0.5, -0.5));
    known.put("host_10000_x1", column(3, 1.0, 0.0, -1.0));
    add(Rows.GUEST, Map.of("host_results", List.of(result(known))));
    Map<String, ModelMessage> own = new LinkedHashMap<>();
    own.put("age", column(2));
    own.put("pay", column(3));
    add(
        Rows.HOST,
        Map.of(
            "binning_result",
            result(own),
            "header",
            List.of("age", "pay"),
            "header_anonymous",
            List.of("host_10000_x0", "host_10000_x1")));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private void add(Party party, Map<String, Object> values) {
    edge.site.pipelineModels.models.add(
        PipelineModel.trained(Rows.job("j1", party, JobStatus.SUCCESS)));
    edge.site.models.store(MODEL, "j1", party, model("bin_0", "HeteroFeatureBinning", values));
    edge.site.models.store(MODEL, "j1", party, model("lr_0", "HeteroLR", Map.of()));
  }

  private static ComponentModel model(String name, String module, Map<String, Object> values) {
    ModelMessage transform =
        new ModelMessage(
            TRANSFORM, Map.of("transform_cols", List.of(0L, 1L), "transform_type", "bin_num"));
    return new ComponentModel(
        name,
        module,
        "model",
        Map.of(
            "FeatureBinningMeta",
            new ModelMessage(META, Map.of("transform_param", transform)),
            "FeatureBinningParam",
            new ModelMessage(PARAM, values)));
  }

  private static ModelMessage column(int bins, Double... weights) {
    return new ModelMessage(COLUMN, Map.of("woe_array", List.of(weights), "bin_nums", (long) bins));
  }

  private static ModelMessage result(Map<String, ModelMessage> columns) {
    return new ModelMessage(RESULT, Map.of("binning_result", columns));
  }

  private static Map<String, Object> asked(String role, Object party, String component) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("model_id", MODEL);
    asked.put("model_version", "j1");
    asked.put("role", role);
    asked.put("party_id", party);
    asked.put("component_name", component);
    return asked;
  }

  private Reply extract(Map<String, Object> asked) {
    return edge.post("/v1/component/woe_array/extract", asked);
  }

  private Reply merge(Object arrays) {
    Map<String, Object> asked = asked("host", "10000", "bin_0");
    asked.put("woe_array", arrays);
    return edge.post("/v1/component/woe_array/merge", asked);
  }

  @Test
  @Covers({"/v1/component/woe_array/extract", "/v1/component/woe_array/merge"})
  void weightsGoFromTheGuestToTheHost() {
    Reply extracted = extract(asked("guest", 9999, "bin_0"));
    assertThat(extracted.data())
        .isEqualTo(
            Map.of(
                "host_10000_x0",
                Map.of("woeArray", List.of(0.5, -0.5)),
                "host_10000_x1",
                Map.of("woeArray", List.of(1.0, 0.0, -1.0))));
    Reply merged = merge(extracted.data());
    assertThat(merged.map())
        .isEqualTo(
            Map.of(
                "role",
                "host",
                "party_id",
                10000,
                "model_id",
                MODEL,
                "model_version",
                "amended-j1",
                "component_name",
                "bin_0"));
    ModelMessage result = made().message("binning_result");
    assertThat(result.<ModelMessage>map("binning_result").get("pay").list("woe_array"))
        .isEqualTo(List.of(1.0, 0.0, -1.0));
    assertThat(edge.site.models.load("j1", Rows.HOST, "bin_0").orElseThrow().param())
        .as("the old version")
        .isNotEqualTo(made());
    assertThat(transformType("amended-j1")).isEqualTo("woe");
    assertThat(transformType("j1")).isEqualTo("bin_num");
  }

  private String transformType(String version) {
    return edge.site
        .models
        .load(version, Rows.HOST, "bin_0")
        .orElseThrow()
        .meta()
        .message("transform_param")
        .text("transform_type");
  }

  private ModelMessage made() {
    return edge.site.models.load("amended-j1", Rows.HOST, "bin_0").orElseThrow().param();
  }

  @Test
  void theTextOfAFile_isReadToo() {
    assertThat(
            merge("{\"host_10000_x0\":[1,2],\"host_10000_x1\":[3,4,5],\"host_1_x0\":[7]}")
                .retcode())
        .isZero();
    ModelMessage result = made().message("binning_result");
    assertThat(result.<ModelMessage>map("binning_result").get("age").list("woe_array"))
        .isEqualTo(List.of(1.0, 2.0));
    assertThat(result.<ModelMessage>map("binning_result").get("pay").list("woe_array"))
        .isEqualTo(List.of(3.0, 4.0, 5.0));
  }

  @Test
  void whatDoesNotFit_isNamed() {
    assertWrong(400, extract(asked("host", 10000, "bin_0")), "role: found 'host', allowed guest");
    assertWrong(400, extract(asked("guest", 9999, "lr_0")), "lr_0 of HeteroLR");
    assertWrong(404, extract(asked("guest", 9999, "bin_1")), "bin_1 has no model of version j1");
    assertWrong(404, extract(asked("guest", 1, "bin_0")), "no model " + MODEL);
    assertWrong(400, extract(Map.of("role", "guest")), "component_name");
    assertWrong(400, merge(Map.of("host_1_x0", List.of(1))), "none of which host:10000 has");
    assertWrong(400, merge(Map.of("host_10000_x0", List.of(1))), "found 1 values", "of 2 bins");
    assertWrong(400, merge(Map.of("host_10000_x0", List.of(1, "a"))), "woe_array/host_10000_x0");
    assertWrong(400, merge(Map.of("host_10000_x0", Map.of("woe", List.of()))), "found no list");
    assertWrong(400, merge(Map.of("host_10000_x0", List.of(1, 2))), "no weights", "[pay]");
    assertWrong(400, merge(List.of()), "woe_array: found no object");
    assertWrong(400, merge("{"), "JSON");
  }

  private static void assertWrong(int status, Reply reply, String... words) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.retcode()).isNotZero();
    assertThat(reply.retmsg()).contains(words);
  }
}
