package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Party;
import io.fedflow.tracking.MetricMeta;
import io.fedflow.tracking.MetricValue;
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

/** Two versions of a model at one party beside each other. */
class ModelDiffRoutesTest {

  private static final String MODEL = "guest-9999#model";
  private static final MessageSchema WEIGHTS =
      MessageSchema.builder("Weights").repeated("weight", 1, Type.DOUBLE).build();

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    trained("j1", 0.1, 0.9, 1.5, -2.0);
    trained("j2", 0.2, 0.95, 1.5, -2.5);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private void trained(String job, double alpha, double auc, Double... weights) {
    edge.site.pipelineModels.models.add(
        PipelineModel.trained(
            Rows.withConf(
                Rows.job(job, Rows.GUEST, JobStatus.SUCCESS),
                Map.of("lr_0", Map.of("alpha", alpha, "penalty", "L2")))));
    learned(job, "lr_0", weights);
    TaskRow task = Rows.task(job, "lr_0", Rows.GUEST, TaskStatus.SUCCESS);
    edge.site.tracking.tasks.add(task);
    edge.site.tracking.metas.add(
        new MetricMeta(task.task(), Rows.GUEST, "train", "loss", "LOSS", Map.of()));
    measured(task, Rows.GUEST, "loss", 0, 0.69);
    measured(task, Rows.GUEST, "loss", 1, 0.5);
    measured(task, Rows.GUEST, "lr_0", "auc", auc);
    measured(task, Rows.GUEST, "lr_0_roc", 0.25, auc);
    // What another party measured belongs to that party.
    measured(task, Rows.HOST, "loss", 1, auc);
  }

  private void measured(TaskRow task, Party party, String name, Object key, double value) {
    edge.site.tracking.values.add(
        new MetricValue(task.task(), party, "train", name, key, value, 7));
  }

  private void learned(String version, String component, Double... weights) {
    edge.site.models.store(
        MODEL,
        version,
        Rows.GUEST,
        new ComponentModel(
            component,
            "HeteroLR",
            "model",
            Map.of(
                "LrParam",
                new ModelMessage(WEIGHTS, Map.of("weight", List.of((Object[]) weights))))));
  }

  private Reply diff(Object... more) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("model_id", MODEL);
    asked.put("model_version", "j1");
    asked.put("other_version", "j2");
    asked.put("role", "guest");
    asked.put("party_id", 9999);
    for (int i = 0; i < more.length; i += 2) {
      asked.put((String) more[i], more[i + 1]);
    }
    return edge.post("/fedflow/v1/models/diff", asked);
  }

  private static Map<String, Object> change(String path, Object one, Object other) {
    return Map.of("path", path, "one", one, "other", other);
  }

  @Test
  @SuppressWarnings("unchecked")
  void parametersWeightsAndMetrics_areCompared() {
    learned("j2", "binning_0", 7.0);
    Map<String, Object> diff = diff().map();
    assertThat((Map<String, Object>) diff.get("one")).containsEntry("model_version", "j1");
    assertThat((Map<String, Object>) diff.get("other")).containsEntry("model_version", "j2");
    assertThat((Map<String, Object>) diff.get("parameters"))
        .containsEntry("changed", 1)
        .containsEntry("changes", List.of(change("conf/lr_0/alpha", 0.1, 0.2)));
    Map<String, Object> components = (Map<String, Object>) diff.get("components");
    assertThat(components).containsOnlyKeys("lr_0", "binning_0");
    assertThat((Map<String, Object>) components.get("lr_0"))
        .containsEntry("one_module", "HeteroLR")
        .containsEntry("other_module", "HeteroLR")
        .containsEntry("values", 2)
        .containsEntry("changed", 1)
        .containsEntry("distance", 0.5)
        .containsEntry("largest", change("LrParam/weight/1", -2.0, -2.5))
        .containsEntry("changes", List.of(change("LrParam/weight/1", -2.0, -2.5)));
    assertThat((Map<String, Object>) components.get("binning_0"))
        .containsEntry("one_module", "")
        .containsEntry("other_module", "HeteroLR")
        .containsEntry("changes", List.of(Map.of("path", "LrParam/weight/0", "other", 7.0)));
    assertThat((Map<String, Object>) diff.get("metrics"))
        .containsEntry("values", 2)
        .containsEntry("changes", List.of(change("lr_0/train/lr_0/auc", 0.9, 0.95)));
  }

  @Test
  @SuppressWarnings("unchecked")
  void aDeployment_isMeasuredByItsTraining() {
    PipelineModel training = edge.site.pipelineModels.models.get(1);
    edge.site.pipelineModels.models.add(training.deployed("d1", Map.of(), 7));
    Map<String, Object> diff = diff("model_version", "d1").map();
    assertThat((Map<String, Object>) diff.get("metrics")).containsEntry("changed", 0);
    edge.site.pipelineModels.models.remove(1);
    diff = diff("other_version", "d1").map();
    assertThat((Map<String, Object>) diff.get("metrics"))
        .as("its training was deleted")
        .containsEntry("changes", List.of(change("lr_0/train/lr_0/auc", 0.9, 0.95)));
  }

  @Test
  @SuppressWarnings("unchecked")
  void aVersion_doesNotDifferFromItself() {
    Map<String, Object> diff = diff("other_version", "j1").map();
    for (String part : List.of("parameters", "metrics")) {
      assertThat((Map<String, Object>) diff.get(part)).as(part).containsEntry("changed", 0);
    }
    assertThat(diff.get("components").toString()).contains("changed=0");
  }

  @Test
  void whatIsNotHere_isNamed() {
    assertThat(diff("other_version", "x").status()).isEqualTo(404);
    assertThat(diff("other_version", "x").retmsg()).contains(MODEL, "version x", "guest:9999");
    assertThat(diff("other_model_id", "m").retmsg()).contains("no model m");
    assertThat(diff("party_id", 1).retmsg()).contains("guest:1");
    assertThat(diff("limit", 1001).retmsg()).contains("limit", "1..1000");
    assertThat(edge.post("/fedflow/v1/models/diff", Map.of()).retmsg()).contains("other_version");
  }
}
