package io.fedflow.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.pipeline.JobParameters;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.JobInvoker.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class TrainAndPredictTest {

  private static final Path DATA = Path.of("..", "data");

  private static <T> T value(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void predictions_areThoseOfTheTrainedModelOnTheSameRows() throws Exception {
    try (Fedflow fedflow = Fedflow.builder().build()) {
      TrainAndPredict example = new TrainAndPredict(fedflow);
      example.upload(DATA);
      Pipeline training = example.training();
      value(training.fit(new JobParameters()));
      assertThat(value(training.results("evaluation_0").summary())).isNotEmpty();
      Map<String, Object> trained = value(training.results("lr_0").modelParameters());
      assertThat(trained).containsKey("weight");
      value(training.deployComponent("transform_0", "intersection_0", "lr_0"));
      Pipeline prediction = example.prediction(training);
      value(prediction.predict(new JobParameters()));

      Map<String, String> expected = scores(training);
      assertThat(expected).hasSize(569);
      assertThat(scores(prediction)).isEqualTo(expected);
      Rows rows = value(prediction.results("lr_0").outputData(5)).get("data");
      assertThat(rows.rows()).hasSize(5).allMatch(row -> row.contains("predict"));
      assertThat(training.trainJob()).isNotEqualTo(prediction.predictJob());
    }
  }

  @Test
  void run_doesAllOfIt() throws Exception {
    try (Fedflow fedflow = Fedflow.builder().build()) {
      Rows rows = new TrainAndPredict(fedflow).run(DATA);
      assertThat(rows.header()).contains("predict_result", "predict_score");
      assertThat(rows.rows()).hasSize(569);
    }
  }

  private static Map<String, String> scores(Pipeline pipeline) {
    Rows rows = value(pipeline.results("lr_0").outputData(-1)).get("data");
    int score = rows.header().indexOf("predict_score");
    Function<List<String>, String> id = row -> row.get(0);
    return rows.rows().stream().collect(Collectors.toMap(id, row -> row.get(score)));
  }
}
