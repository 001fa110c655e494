package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.party.Party;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole jobs that are right. */
class JobPlannerTest {

  private static final Party GUEST = Party.of("guest", "101");
  private static final Party HOST_0 = Party.of("host", "201");
  private static final Party HOST_1 = Party.of("host", "202");
  private static final Party HOST_2 = Party.of("host", "203");
  private static final Party ARBITER = Party.of("arbiter", "301");

  private static JobPlan v1() {
    return JobPlanner.plan(
        new JobDocuments(
            Json.resource("vertical-v1-dsl.json"), Json.resource("vertical-v1-conf.json")),
        FakeComponents.CATALOG);
  }

  private static JobPlan v2() {
    return JobPlanner.plan(
        new JobDocuments(
            Json.resource("vertical-v2-dsl.json"), Json.resource("vertical-v2-conf.json")),
        FakeComponents.CATALOG);
  }

  @Test
  void plan_versionOneJob_hasItsTasksAndEdges() {
    // when
    JobPlan plan = v1();

    // then
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.tasks())
        .extracting(PlannedTask::component)
        .containsExactly("prepare", "bins", "select", "fit", "judge");
    assertThat(plan.tasks()).extracting(PlannedTask::stage).containsExactly(0, 1, 2, 3, 4);
    assertThat(plan.tasks()).extracting(PlannedTask::module).first().isEqualTo("DataIO");
    assertThat(plan.task("prepare").orElseThrow().data())
        .containsExactly(
            new DataEdge(
                "data",
                new DataEdge.StoredTable(
                    "samples",
                    Map.of(
                        Party.of("guest", "7001"),
                        new TableRef("trial", "clinic_labels"),
                        Party.of("host", "7002"),
                        new TableRef("trial", "lab_values")))));
    assertThat(plan.task("select").orElseThrow().data())
        .containsExactly(new DataEdge("data", new DataEdge.TaskOutput("bins", "rows", 0)));
    assertThat(plan.task("select").orElseThrow().isometric())
        .containsExactly(new ModelEdge("bins", "cuts", false));
    assertThat(plan.task("fit").orElseThrow().data())
        .containsExactly(new DataEdge("train_data", new DataEdge.TaskOutput("select", "rows", 0)));
    assertThat(plan.upstream("judge")).containsExactly("fit");
    assertThat(plan.upstream("prepare")).isEmpty();
    assertThat(plan.task("prepare").orElseThrow().needDeploy()).isTrue();
    assertThat(plan.task("bins").orElseThrow().needDeploy()).isNull();
  }

  @Test
  void plan_versionOneJob_hasItsPartiesAndSettings() {
    // when
    JobPlan plan = v1();

    // then
    assertThat(plan.initiator()).isEqualTo(Party.of("guest", "7001"));
    assertThat(plan.parties().all())
        .extracting(Party::toString)
        .containsExactly("guest:7001", "host:7002", "arbiter:7002");
    assertThat(plan.settings())
        .isEqualTo(
            new JobSettings(
                1,
                "train",
                0,
                null,
                4,
                1,
                0,
                Duration.ofSeconds(1),
                Duration.ofDays(3),
                null,
                0,
                null,
                null,
                null,
                Map.of()));
  }

  @Test
  void plan_versionOneJob_givesEachPartyItsElement() {
    // when
    PlannedTask prepare = v1().task("prepare").orElseThrow();

    // then
    assertThat(prepare.params())
        .isEqualTo(
            Map.of(
                Party.of("guest", "7001"),
                Map.of(
                    "with_label", true,
                    "label_name", "outcome",
                    "label_type", "int",
                    "output_format", "dense"),
                Party.of("host", "7002"),
                Map.of("with_label", false, "output_format", "dense")));
    assertThat(v1().task("fit").orElseThrow().runsAt(Party.of("arbiter", "7002"))).isTrue();
  }

  @Test
  void plan_workedExample_mergesCommonThenRoleKeysInFileOrder() {
    // when
    JobPlan plan = v2();

    // then
    Map<Party, Map<String, Object>> load = plan.task("load_0").orElseThrow().params();
    assertThat(load.keySet()).containsExactly(GUEST, HOST_0, HOST_1, HOST_2);
    assertThat(load.get(HOST_0)).isEqualTo(table("t_all"));
    assertThat(load.get(HOST_1)).isEqualTo(table("t_b"));
    assertThat(load.get(HOST_2)).isEqualTo(table("t_all"));
    Map<Party, Map<String, Object>> score = plan.task("score_lr").orElseThrow().params();
    Map<String, Object> plain = Map.of("max_iter", 8, "init_param", Map.of("fit_intercept", true));
    Map<String, Object> zeros =
        Map.of("max_iter", 8, "init_param", Map.of("fit_intercept", true, "init_method", "zeros"));
    assertThat(score)
        .isEqualTo(
            Map.of(GUEST, plain, HOST_0, zeros, HOST_1, plain, HOST_2, zeros, ARBITER, plain));
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void jobParameters_workedExample_mergesRoleSectionsOverCommon() {
    // given
    JobPlan plan = v2();

    // then
    assertThat(PartyJobParameters.at(plan, GUEST))
        .containsEntry("task_cores", 6)
        .containsEntry("auto_retries", 1)
        .containsEntry("eggroll_run", Map.of("a", 1))
        .doesNotContainKey("user");
    assertThat(PartyJobParameters.at(plan, HOST_0))
        .containsEntry("user", "ana")
        .containsEntry("eggroll_run", Map.of("a", 1, "b", 2));
    assertThat(PartyJobParameters.at(plan, HOST_1))
        .containsEntry("user", "ana")
        .containsEntry("eggroll_run", Map.of("a", 9, "b", 2));
    assertThat(PartyJobParameters.at(plan, HOST_2)).doesNotContainKey("user");
    assertThat(PartyJobParameters.at(plan, ARBITER)).containsEntry("eggroll_run", Map.of("a", 1));
  }

  @Test
  void plan_sameDocumentsTwice_isTheSamePlan() {
    assertThat(v2().tasks()).isEqualTo(v2().tasks());
    assertThat(v1().tasks()).isEqualTo(v1().tasks());
    assertThat(List.of(v2().parties(), v2().settings(), v2().warnings()))
        .isEqualTo(List.of(v2().parties(), v2().settings(), v2().warnings()));
  }

  private static Map<String, Object> table(String name) {
    return Map.of("table", Map.of("name", name, "namespace", "demo"));
  }
}
