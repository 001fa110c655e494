package io.fedflow.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataKindsTest {

  @Test
  void everyKindOfData_reachesTheComponentThatReadsIt() throws Exception {
    try (Fedflow fedflow = Fedflow.builder().build()) {
      BreastJob.store(fedflow, "_train", id -> id % 5 != 0);
      BreastJob.store(fedflow, "_later", id -> id % 5 == 0);

      String jobId = BreastJob.run(fedflow, job().compile());

      Table trained = BreastJob.output(fedflow, jobId, "lr_0");
      assertThat(types(trained)).containsEntry("train", 456L).containsEntry("validate", 113L);
      for (String applied : new String[] {"lr_test", "lr_eval"}) {
        Table later = BreastJob.output(fedflow, jobId, applied);
        assertThat(types(later)).isEqualTo(Map.of("predict", 113L));
        Map<String, Double> validated = scores(trained);
        scores(later).forEach((id, score) -> assertThat(validated.get(id)).isEqualTo(score));
      }
    }
  }

  private static Pipeline job() {
    Pipeline job = BreastJob.parties();
    BreastJob.reader(job, "reader_train", "_train");
    BreastJob.reader(job, "reader_later", "_later");
    job.add("transform_train", "DataTransform")
        .data("reader_train")
        .set(BreastJob.GUEST, "with_label", true);
    job.add("transform_later", "DataTransform").data("reader_later").model("transform_train");
    job.add("intersection_train", "Intersection").data("transform_train");
    job.add("intersection_later", "Intersection").data("transform_later");
    BreastJob.smallLr(job, "lr_0")
        .data("train_data", "intersection_train")
        .data("validate_data", "intersection_later");
    job.add("lr_test", "HeteroLR").data("test_data", "intersection_later").model("lr_0");
    job.add("lr_eval", "HeteroLR").data("eval_data", "intersection_later").model("lr_0");
    job.add("evaluation_0", "Evaluation").data("lr_0");
    return job;
  }

  private static Map<String, Long> types(Table predictions) {
    Column type = predictions.column(predictions.schema().indexOf("type"));
    Map<String, Long> counts = new HashMap<>();
    for (int row = 0; row < predictions.rowCount(); row++) {
      counts.merge(type.textAt(row), 1L, Long::sum);
    }
    return counts;
  }

  private static Map<String, Double> scores(Table predictions) {
    Map<String, Double> scores = new HashMap<>();
    double[] score = predictions.numbers("predict_score");
    for (int row = 0; row < predictions.rowCount(); row++) {
      scores.put(predictions.ids()[row], score[row]);
    }
    return scores;
  }
}
