package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.http.EdgeFixture.Reply;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictDslRouteTest {

  private static final String TRAIN =
      """
      {"components": {
        "load_0": {"module": "Reader", "output": {"data": ["data"]}},
        "prep_0": {"module": "DataTransform", "input": {"data": {"data": ["load_0.data"]}},
          "output": {"data": ["data"], "model": ["model"]}},
        "lr_0": {"module": "HeteroLR", "input": {"data": {"train_data": ["prep_0.data"]}},
          "output": {"data": ["data"], "model": ["model"]}}}}
      """;

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void dsl_ofVersion1_saysWhatIsNotNeeded() {
    String train =
        """
        {"components": {
          "dataio_0": {"module": "DataIO", "input": {"data": {"data": ["args.train_data"]}},
            "output": {"data": ["train"], "model": ["dataio"]}, "need_deploy": true},
          "lr_0": {"module": "HeteroLR", "input": {"data": {"train_data": ["dataio_0.train"]}},
            "output": {"data": ["train"], "model": ["lr"]}},
          "eval_0": {"module": "Evaluation", "input": {"data": {"data": ["lr_0.train"]}},
            "need_deploy": false}}}
        """;
    Map<String, Object> asked = Map.of("train_dsl", train, "version", "1");
    assertThat(edge.post("/v1/job/dsl/generate", asked).data())
        .isEqualTo(
            edge.codec.read(
                """
                {"components": {
                  "dataio_0": {"module": "DataIO", "input": {"model": ["pipeline.dataio_0.dataio"],
                    "data": {"data": ["args.eval_data"]}}, "output": {"data": ["train"]}},
                  "lr_0": {"module": "HeteroLR", "input": {"model": ["pipeline.lr_0.lr"],
                    "data": {"test_data": ["dataio_0.train"]}}, "output": {"data": ["train"]}}}}
                """));
  }

  @Test
  @Covers("/v1/job/dsl/generate")
  void dsl_keepsTheChosenComponents() {
    Object expected =
        edge.codec.read(
            """
            {"components": {
              "prep_0": {"module": "DataTransform",
                "input": {"model": ["pipeline.prep_0.model"]}, "output": {"data": ["data"]}},
              "lr_0": {"module": "HeteroLR",
                "input": {"model": ["pipeline.lr_0.model"], "data": {"test_data": ["prep_0.data"]}},
                "output": {"data": ["data"]}}}}
            """);
    for (Object chosen : List.of("prep_0, lr_0", List.of("prep_0", "lr_0"))) {
      Reply reply = generate(Map.of("cpn_str", chosen, "version", "2"));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.retcode()).isZero();
      assertThat(reply.data()).isEqualTo(expected);
    }
    Map<String, Object> tree = new HashMap<>();
    tree.put("train_dsl", edge.codec.read(TRAIN));
    assertThat(generate(tree).text()).contains("load_0.data", "pipeline.lr_0.model");
  }

  @Test
  void dsl_comesAsAFileIfOneIsNamed() {
    Reply file = generate(Map.of("cpn_str", "lr_0", "filename", "predict_dsl.json"));
    assertThat(file.raw().headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=predict_dsl.json");
    assertThat(file.text()).startsWith("{\"components\":{\"lr_0\":").doesNotContain("retcode");
  }

  @Test
  void wrongArguments_areNoFile() {
    assertWrong(Map.of("cpn_str", "lr_1"), "cpn_str: ", "found lr_1", "lr_0");
    assertWrong(Map.of("train_dsl", "{\"components\": {}}"), "train_dsl: found no components");
    assertWrong(Map.of("train_dsl", "{"), "JSON");
    assertWrong(Map.of("train_dsl", 7), "train_dsl: found '7', allowed an object");
    assertWrong(Map.of("version", 3), "version: found '3', allowed '1' or '2'");
    Reply missing = edge.post("/v1/job/dsl/generate", Map.of("cpn_str", "lr_0"));
    assertThat(missing.status()).isEqualTo(210);
    assertThat(missing.retmsg()).contains("train_dsl");
  }

  @Test
  void aDslThatTurnsInACircle_comesToAnEnd() {
    String circle =
        """
        {"components": {
          "a": {"module": "X", "input": {"data": {"data": ["b.data"]}}, "output": {"data": ["data"]}},
          "b": {"module": "X", "input": {"data": {"data": ["a.data"]}}, "output": {"data": ["data"]}},
          "c": {"module": "X", "input": {"data": {"data": ["a.data"]}}}}}
        """;
    Reply reply = generate(Map.of("train_dsl", circle, "cpn_str", "c"));
    assertThat(reply.data()).isEqualTo(Map.of("components", Map.of("c", Map.of("module", "X"))));
  }

  private void assertWrong(Map<String, Object> more, String... words) {
    Reply reply = generate(more);
    assertThat(reply.status()).isEqualTo(210);
    assertThat(reply.retcode()).isEqualTo(101);
    assertThat(reply.retmsg()).contains(words);
  }

  private Reply generate(Map<String, Object> more) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("train_dsl", TRAIN);
    asked.putAll(more);
    return edge.post("/v1/job/dsl/generate", asked);
  }
}
