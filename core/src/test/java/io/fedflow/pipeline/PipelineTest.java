package io.fedflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.fakes.Plans;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineTest {

  private static Pipeline pipeline() {
    return Plans.three().party(Role.HOST, "4");
  }

  @Test
  void writesTheDocumentsOfVersionTwo() {
    Pipeline pipeline = pipeline().jobParameter("seed", 7);
    pipeline.add("a", "Step").set("note", "all");
    pipeline
        .add("b", "Step")
        .data("a")
        .data("train_data", "a")
        .isometricModel("a")
        .set(new Party(Role.HOST, "4"), "note", "own");
    JobDocuments documents = pipeline.compile();
    assertThat(documents.dsl())
        .isEqualTo(
            Map.of(
                "components",
                Map.of(
                    "a",
                    Map.of(
                        "module",
                        "Step",
                        "output",
                        Map.of("data", List.of("data"), "model", List.of("model"))),
                    "b",
                    Map.of(
                        "module",
                        "Step",
                        "input",
                        Map.of(
                            "data",
                            Map.of("data", List.of("a.data"), "train_data", List.of("a.data")),
                            "isometric_model",
                            List.of("a.model")),
                        "output",
                        Map.of("data", List.of("data"), "model", List.of("model"))))));
    assertThat(documents.conf())
        .containsEntry("dsl_version", 2)
        .containsEntry("initiator", Map.of("role", "guest", "party_id", 1L))
        .containsEntry(
            "role", Map.of("guest", List.of(1L), "host", List.of(2L, 4L), "arbiter", List.of(3L)))
        .containsEntry(
            "job_parameters",
            Map.of("common", Map.of("task_parallelism", 2, "seed", 7, "job_type", "train")))
        .containsEntry(
            "component_parameters",
            Map.of(
                "common",
                Map.of("a", Map.of("note", "all")),
                "role",
                Map.of("host", Map.of("1", Map.of("b", Map.of("note", "own"))))));
  }

  @Test
  void whatItWritesPlans() {
    Pipeline pipeline = pipeline().jobParameter("seed", 7);
    pipeline.add("a", "Step").set("note", "all");
    pipeline.add("b", "Step").data("a").set(new Party(Role.HOST, "4"), "note", "own");
    JobPlan plan = Plans.plan(pipeline);
    assertThat(plan.settings().seed()).isEqualTo(7);
    assertThat(plan.upstream("b")).containsExactly("a");
    Map<Party, Map<String, Object>> params = plan.task("b").orElseThrow().params();
    assertThat(params.get(new Party(Role.HOST, "4"))).containsEntry("note", "own");
    assertThat(params.get(new Party(Role.HOST, "2"))).isEmpty();
  }

  @Test
  void whatIsSetLaterDoesNotChangeTheDocuments() {
    Pipeline pipeline = Plans.two();
    pipeline.add("x", "Step");
    Pipeline.Step step = pipeline.add("a", "Step").set("note", "before").data("x");
    JobDocuments before = pipeline.compile();
    String text = before.toString();
    step.set("note", "after").data("y").set(Plans.GUEST, "note", "own");
    pipeline.jobParameter("seed", 1).party(Role.HOST, "9").add("b", "Step");
    assertThat(before).hasToString(text);
  }

  @Test
  void theFirstPartyInitiatesWhereThereIsNoGuest() {
    Pipeline alone = new Pipeline().party(Role.LOCAL, "0");
    alone.add("a", "LocalStep");
    assertThat(Plans.plan(alone).initiator()).isEqualTo(new Party(Role.LOCAL, "0"));
  }

  @Test
  void mistakesAreRefusedAtOnce() {
    Pipeline pipeline = Plans.two();
    pipeline.add("a", "Step").set(new Party(Role.HOST, "99"), "note", "x");
    assertThatThrownBy(() -> pipeline.add("a", "Step"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a was added already");
    assertThatThrownBy(pipeline::compile)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("host:99");
    assertThatThrownBy(() -> new Pipeline().compile()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Pipeline().party(Role.HOST, "a/b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
