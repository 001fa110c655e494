package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.fedflow.failure.Problem;
import io.fedflow.party.Party;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is legal, if unusual: it plans, and says what has no effect. */
class PlanVariationsTest {

  private static final Party GUEST = Party.of("guest", "101");
  private static final Party HOST_1 = Party.of("host", "202");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "dsl/name; 'x'; dsl/name; not read",
        "dsl/components/judge_0/inputs; {}; dsl/components/judge_0/inputs; not read",
        "dsl/components/judge_0/input/datas; {}; dsl/components/judge_0/input/datas; not read",
        "dsl/components/judge_0/output/datas; []; dsl/components/judge_0/output/datas; not read",
        "dsl/components/judge_0/input/data; {'rows': ['score_lr.data']};"
            + " dsl/components/judge_0/input/data/rows; unusual data key",
        "dsl/components/judge_0/input/isometric_model; ['score_lr.weights'];"
            + " dsl/components/judge_0/input/isometric_model/0; only its first model output",
        "conf/note; 'x'; conf/note; not read",
        "conf/provider; {'common': {'load_0': 'x@1'}}; conf/provider; in one version; not read",
        "conf/job_parameters/timeout; 5; conf/job_parameters/timeout; not read",
        "conf/job_parameters/common/task_core; 5; conf/job_parameters/common/task_core;"
            + " unknown job parameter",
        "conf/job_parameters/common/backend; 'SPARK'; conf/job_parameters/common/backend;"
            + " no such engine is configured; the local engine computes",
        "conf/job_parameters/common/backend; 1; conf/job_parameters/common/backend;"
            + " no such engine is configured; the local engine computes",
        "conf/job_parameters/common/computing_engine; 'SPARK';"
            + " conf/job_parameters/common/computing_engine; no such engine is configured",
        "conf/job_parameters/role/host/2; {'task_cores': 1};"
            + " conf/job_parameters/role/host/2/task_cores; one value holds for the whole job",
        "conf/job_parameters/role/host/2; {'usr': 'ana'};"
            + " conf/job_parameters/role/host/2/usr; unknown job parameter",
        "conf/job_parameters/role/local; {}; conf/job_parameters/role/local; no party in this role",
        "conf/component_parameters/host; {}; conf/component_parameters/host; not read",
        "conf/component_parameters/common/score; {}; conf/component_parameters/common/score;"
            + " no such component",
        "conf/component_parameters/role/local; {}; conf/component_parameters/role/local;"
            + " no party in this role",
        "conf/component_parameters/role/host/3; 7; conf/component_parameters/role/host/3;"
            + " matches no party",
        "conf/component_parameters/role/host/load_0; {'partition': 4};"
            + " conf/component_parameters/role/host/load_0; matches no party",
        "conf/component_parameters/role/arbiter; {'all': {'load_0': {}}};"
            + " conf/component_parameters/role/arbiter/all/load_0; does not run in this role",
      })
  void plan_withoutEffect_isAWarning(String path, String json, String pointer, String message) {
    // given
    String[] words = message.split("; ");

    // when
    JobPlan plan = Documents.v2().with(path, json).plan();

    // then
    assertThat(plan.warnings()).hasSize(1);
    assertThat(plan.warnings().get(0).pointer()).isEqualTo(pointer);
    assertThat(plan.warnings().get(0).message()).contains(words);
  }

  @Test
  void plan_ofACacheReference_handsItOn() {
    JobPlan plan =
        Documents.v2().with("dsl/components/judge_0/input/cache", "['match_0.cache']").plan();

    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.task("judge_0").orElseThrow().caches())
        .containsExactly(new CacheEdge("match_0", "cache"));
    assertThat(plan.task("match_0").orElseThrow().cacheOutputs()).containsExactly("cache");
    assertThat(plan.task("judge_0").orElseThrow().stage())
        .isGreaterThan(plan.task("match_0").orElseThrow().stage());
  }

  @Test
  void plan_versionOneExtras_areWarnings() {
    JobPlan plan =
        Documents.v1()
            .with("conf/role_parameters/local", "{}")
            .with("conf/role_parameters/guest/args/module", "{}")
            .with(
                "conf/role_parameters/guest/args/data/more",
                "[{'name': 'n', 'namespace': 's', 'kind': 1}]")
            .plan();
    assertThat(plan.warnings())
        .extracting(Problem::pointer)
        .containsExactlyInAnyOrder(
            "conf/role_parameters/local",
            "conf/role_parameters/guest/args/module",
            "conf/role_parameters/guest/args/data/more",
            "conf/role_parameters/guest/args/data/more/0/kind");
  }

  @Test
  void plan_knownJobParametersOfFate_areKeptWithoutAWord() {
    // given
    Documents documents = Documents.v2();
    List<String> names =
        List.of(
            "federation_engine",
            "storage_engine",
            "engines_address",
            "federated_mode",
            "federation_info",
            "computing_partitions",
            "federated_data_exchange_type",
            "dsl_version",
            "spark_run",
            "rabbitmq_run",
            "pulsar_run",
            "adaptation_parameters",
            "assistant_role",
            "map_table_name",
            "map_namespace",
            "task_conf",
            "roles",
            "user",
            "processors_per_node");
    names.forEach(name -> documents.with("conf/job_parameters/common/" + name, "'x'"));

    // when
    JobPlan plan = documents.plan();

    // then
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.settings().extra()).containsKeys(names.toArray(String[]::new));
  }

  @Test
  void plan_settings_areThoseOfTheConf() {
    // when
    JobPlan plan =
        Documents.v1()
            .with(
                "conf/job_parameters",
                "{'work_mode': 1, 'backend': 0, 'task_cores': 2, 'task_parallelism': 3,"
                    + " 'auto_retries': 4, 'auto_retry_delay': 5, 'timeout': 6,"
                    + " 'task_timeout': 8, 'priority': -3,"
                    + " 'seed': -12345678901, 'processors_per_node': 7, 'job_type': 'train'}")
            .plan();

    // then
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.settings())
        .isEqualTo(
            new JobSettings(
                1,
                "train",
                1,
                "0",
                2,
                3,
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                Duration.ofSeconds(8),
                -3,
                null,
                null,
                -12345678901L,
                Map.of("processors_per_node", 7)));
  }

  @Test
  void plan_backend_isKeptAsText() {
    for (String backend : List.of("0", "'EGGROLL'", "'standalone'")) {
      JobPlan plan = Documents.v2().with("conf/job_parameters/common/backend", backend).plan();
      assertThat(plan.settings().backend()).isEqualTo(backend.replace("'", ""));
      assertThat(plan.settings().toTree()).containsEntry("backend_used", "LOCAL");
      assertThat(plan.warnings()).isEmpty();
    }
  }

  @Test
  void plan_versionAsText_isUnderstood() {
    assertThat(Documents.v2().with("conf/dsl_version", "'2'").plan().settings().dslVersion())
        .isEqualTo(2);
    assertThat(Documents.v1().with("conf/dsl_version", "1").plan().settings().dslVersion())
        .isEqualTo(1);
  }

  @Test
  void plan_partyIdsAsTexts_areTheSameParties() {
    assertThat(
            Documents.v2()
                .with("conf/role/guest", "['101']")
                .with("conf/role/host", "['201', 202, '203']")
                .plan()
                .parties())
        .isEqualTo(Documents.v2().plan().parties());
    assertThat(
            Documents.v2()
                .with("conf/role/guest", "['clinic-a']")
                .with("conf/initiator/party_id", "'clinic-a'")
                .plan()
                .initiator())
        .isEqualTo(Party.of("guest", "clinic-a"));
  }

  @Test
  void plan_customRole_isLegalIfAModuleSupportsItOrTheConfUsesIt() {
    assertThat(Documents.v2().with("conf/role/idmapping", "[9]").problems()).isEmpty();
    assertThat(
            Documents.v2()
                .with("conf/role/observer", "[9]")
                .with("conf/job_parameters/role/observer", "{'all': {'user': 'ana'}}")
                .problems())
        .isEmpty();
    assertThat(Documents.v2().with("conf/role/observer", "[9]").problems()).hasSize(1);
  }

  @Test
  void plan_laterRoleKey_wins() {
    // given
    Documents documents =
        Documents.v2()
            .with(
                "conf/component_parameters/role/host",
                "{'1': {'load_0': {'table': {'name': 'b', 'namespace': 'demo'}}},"
                    + " 'all': {'load_0': {'table': {'name': 'a', 'namespace': 'demo'}}}}");

    // then
    assertThat(documents.plan().task("load_0").orElseThrow().params().get(HOST_1))
        .isEqualTo(Map.of("table", Map.of("name", "a", "namespace", "demo")));
  }

  @Test
  void plan_listsAndScalars_replace() {
    // given
    Documents documents =
        Documents.v1()
            .with(
                "conf/role_parameters/host/select",
                "{'filter_methods': [['unique_value']], 'unique_param': {'eps': [0.5]}}");

    // when
    Map<Party, Map<String, Object>> params = documents.plan().task("select").orElseThrow().params();

    // then
    assertThat(params.get(Party.of("host", "7002")))
        .containsEntry("filter_methods", List.of("unique_value"))
        .containsEntry("unique_param", Map.of("eps", 0.5))
        .containsEntry("iv_value_param", Map.of("value_threshold", 0.1));
    assertThat(params.get(Party.of("guest", "7001")))
        .containsEntry("filter_methods", List.of("unique_value", "iv_value_thres"));
  }

  @Test
  void plan_reusedModel_runsWithTheParametersThatTrainedIt() {
    // when
    JobPlan plan =
        Documents.v2()
            .with(
                "dsl/components/again",
                "{'module': 'HeteroLR', 'input': {'data': {'test_data': ['match_0.data']},"
                    + " 'model': ['score_lr.model']}, 'output': {'data': ['data']}}")
            .with("conf/component_parameters/common/again", "{'max_iter': 3}")
            .plan();

    // then
    PlannedTask again = plan.task("again").orElseThrow();
    assertThat(again.params().get(GUEST)).containsEntry("max_iter", 8);
    assertThat(again.models()).containsExactly(new ModelEdge("score_lr", "model", false));
    assertThat(again.stage()).isEqualTo(4);
    assertThat(plan.upstream("again")).containsExactly("match_0", "score_lr");
    assertThat(plan.warnings())
        .extracting(Problem::pointer)
        .containsExactly("conf/component_parameters/common/again");
  }

  @Test
  void plan_warmStart_laysItsOwnParametersOverThoseOfTheModel() {
    // when
    JobPlan plan =
        Documents.v2()
            .with(
                "dsl/components/again",
                "{'module': 'HeteroLR', 'input': {'data': {'train_data': ['match_0.data']},"
                    + " 'model': ['score_lr.model']}, 'output': {'data': ['data']}}")
            .with("conf/component_parameters/common/again", "{'max_iter': 3}")
            .plan();

    // then
    assertThat(plan.task("again").orElseThrow().params().get(GUEST))
        .isEqualTo(Map.of("max_iter", 3, "init_param", Map.of("fit_intercept", true)));
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void plan_predictJob_takesModelsFromThePipeline() {
    // when
    JobPlan plan =
        Documents.v2()
            .with("dsl/components/score_lr/input/model", "['pipeline.score_lr.model']")
            .with("conf/job_parameters/common/job_type", "'predict'")
            .with("conf/job_parameters/common/model_id", "'m'")
            .with("conf/job_parameters/common/model_version", "'v'")
            .with("conf/component_parameters/common/left_behind", "{'x': 1}")
            .plan();

    // then
    assertThat(plan.task("score_lr").orElseThrow().models())
        .containsExactly(new ModelEdge("score_lr", "model", true));
    assertThat(plan.upstream("score_lr")).containsExactly("match_0");
    assertThat(plan.settings().modelId()).isEqualTo("m");
    assertThat(plan.settings().modelVersion()).isEqualTo("v");
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void plan_modelThatIsOnlyApplied_needsNoArbiter() {
    assertThat(
            Documents.v2()
                .without("conf/role/arbiter")
                .with("conf/job_parameters/common/job_type", "'predict'")
                .with("conf/job_parameters/common/model_id", "'m'")
                .with("conf/job_parameters/common/model_version", "'v'")
                .problems())
        .isEmpty();
  }

  @Test
  void positions_followTheGrammarOfRoleKeys() {
    assertThat(RoleIndexKey.positions("all", 3)).containsExactly(0, 1, 2);
    assertThat(RoleIndexKey.positions("0|2", 3)).containsExactly(0, 2);
    assertThat(RoleIndexKey.positions("2|0 | 7", 3)).containsExactly(0, 2);
    assertThat(RoleIndexKey.positions("load_0", 3)).isEmpty();
    assertThat(RoleIndexKey.positions("", 3)).isEmpty();
    assertThat(RoleIndexKey.positions("-1|00|ALL", 3)).isEmpty();
  }

  @Test
  void plan_manyComponentsWithManyMistakes_isRefusedInTime() {
    // given
    Documents documents = Documents.v2();
    for (int i = 0; i < 5000; i++) {
      documents.with(
          "dsl/components/c" + i,
          "{'module': 'Intersection', 'input': {'data': {'data': ['nobody" + i + ".data']}}}");
    }

    // then
    assertTimeout(Duration.ofSeconds(10), () -> assertThat(documents.problems()).hasSize(5000));
  }

  @Test
  void plan_moduleInOtherCase_isTheSameModule() {
    PlannedTask task =
        Documents.v2()
            .with("dsl/components/judge_0/module", "'evaluation'")
            .plan()
            .task("judge_0")
            .orElseThrow();
    assertThat(task.module()).isEqualTo("Evaluation");
    assertThat(
            Documents.v2()
                .with("dsl/components/shape_0/module", "'dataio'")
                .plan()
                .task("shape_0")
                .orElseThrow()
                .module())
        .isEqualTo("DataIO");
  }

  @Test
  void plan_secondDataOutput_hasItsIndex() {
    assertThat(
            Documents.v2()
                .with("dsl/components/match_0/output/data", "['rest', 'data']")
                .plan()
                .task("score_lr")
                .orElseThrow()
                .data())
        .containsExactly(new DataEdge("train_data", new DataEdge.TaskOutput("match_0", "data", 1)));
  }

  @Test
  void plan_documentsChangedAfterwards_staysAsItWas() {
    // given
    Documents documents = Documents.v2();
    JobPlan plan = documents.plan();

    // when
    documents.with("conf/component_parameters/common/score_lr/init_param/fit_intercept", "false");

    // then
    assertThat(plan.task("score_lr").orElseThrow().params().get(GUEST))
        .containsEntry("init_param", Map.of("fit_intercept", true));
  }
}
