package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that a runtime conf can have wrong, on top of a sound job. */
class ConfProblemsTest {

  private static void assertOnly(
      Documents documents, String pointer, String message, String found, String allowed) {
    List<Problem> problems = documents.problems();
    assertThat(problems).hasSize(1);
    Problem problem = problems.get(0);
    assertThat(problem.pointer()).isEqualTo(pointer);
    assertThat(problem.message()).contains(message);
    assertThat(problem.found()).contains(found);
    assertThat(problem.allowed()).contains(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // what is put where; pointer; message; found; allowed
        "initiator; null; initiator; missing; null; role and party_id",
        "initiator; 101; initiator; wrong type; 101; an object",
        "initiator/role; null; initiator/role; missing; null; a text",
        "initiator/role; 3; initiator/role; wrong type; 3; a text",
        "initiator/role; 'gast'; initiator/role; role has no parties; \"gast\"; [guest, host,",
        "initiator/role; 'Guest'; initiator/role; role has no parties; \"Guest\"; [guest, host,",
        "initiator/party_id; null; initiator/party_id; missing; null; an integer",
        "initiator/party_id; 1.5; initiator/party_id; illegal party id; 1.5; an integer",
        "initiator/party_id; 201; initiator/party_id; not among the parties; 201; one of [101]",
        "role/idmappng; [7]; role/idmappng; no module supports this role; \"idmappng\"; guest",
        "role/Host; [7]; role/Host; illegal role name; \"Host\"; lower-case",
        "role/local; []; role/local; a role without parties; an array of 0; at least one",
        "role/local; null; role/local; a role without parties; null; at least one",
        "role/local; 7; role/local; wrong type; 7; an array",
        "role/local; [true]; role/local/0; illegal party id; true; an integer",
        "role/local; [-1]; role/local/0; illegal party id; -1; an integer >= 0",
        "role/local; [null]; role/local/0; illegal party id; null; an integer",
        "role/local; ['a b']; role/local/0; illegal party id; \"a b\"; letters",
        "role/local; [7, '7']; role/local/1; lists a party twice; \"7\"; once",
        "dsl_version; 3; dsl_version; unknown DSL version; 3; 1 or 2",
        "dsl_version; true; dsl_version; unknown DSL version; true; 1 or 2",
        "job_parameters/role; []; job_parameters/role; wrong type; array; an object",
        "job_parameters/role/host; 1; job_parameters/role/host; wrong type; 1; an object",
        "job_parameters/role/host/all; 1; job_parameters/role/host/all; wrong type; 1; an object",
        "job_parameters/common; 1; job_parameters/common; wrong type; 1; an object",
        "job_parameters/common/job_type; 'tran'; job_parameters/common/job_type; unknown job type;"
            + " \"tran\"; train or predict",
        "job_parameters/common/job_type; 1; job_parameters/common/job_type; wrong type; 1; a text",
        "job_parameters/common/work_mode; 2; job_parameters/common/work_mode; unknown work mode;"
            + " 2; 0 (all parties here) or 1",
        "job_parameters/common/work_mode; '0'; job_parameters/common/work_mode; unknown work mode;"
            + " \"0\"; 0 (all parties here) or 1",
        "job_parameters/common/backend; []; job_parameters/common/backend; wrong type; array of 0;"
            + " name or number",
        "job_parameters/common/task_cores; 0; job_parameters/common/task_cores; out of range; 0;"
            + " an integer >= 1",
        "job_parameters/common/task_cores; '4'; job_parameters/common/task_cores; wrong type;"
            + " \"4\"; an integer >= 1",
        "job_parameters/common/task_parallelism; 0; job_parameters/common/task_parallelism;"
            + " out of range; 0; >= 1",
        "job_parameters/common/auto_retries; -1; job_parameters/common/auto_retries;"
            + " out of range; -1; >= 0",
        "job_parameters/common/auto_retries; 4294967296; job_parameters/common/auto_retries;"
            + " out of range; 4294967296; <= 2147483647",
        "job_parameters/common/auto_retry_delay; -1; job_parameters/common/auto_retry_delay;"
            + " out of range; -1; seconds >= 0",
        "job_parameters/common/timeout; 0; job_parameters/common/timeout; out of range; 0;"
            + " seconds >= 1",
        "job_parameters/common/timeout; 1.5; job_parameters/common/timeout; wrong type; 1.5;"
            + " an integer",
        "job_parameters/common/seed; 'x'; job_parameters/common/seed; wrong type; \"x\";"
            + " an integer of 64 bits",
        "component_parameters/common/score_lr; []; component_parameters/common/score_lr;"
            + " wrong type; array; an object",
        "component_parameters/common/score_lr/max_itr; 5;"
            + " component_parameters/common/score_lr/max_itr; unknown parameter; max_itr; max_iter",
        "component_parameters/common/score_lr/max_iter; 0;"
            + " component_parameters/common/score_lr/max_iter; out of range; 0; >= 1",
        "component_parameters/common/score_lr/a~1b; 0;"
            + " component_parameters/common/score_lr/a~01b; unknown parameter; a~1b; one of",
        "component_parameters/role/host/0|2/score_lr/init_param/init_method; 'ones';"
            + " component_parameters/role/host/0|2/score_lr/init_param/init_method;"
            + " unknown choice; ones; [zeros, random_uniform]",
        "component_parameters/role/host/1/load_0/table; null;"
            + " component_parameters/role/host/1/load_0/table; missing; null; an object",
        "component_parameters/role/guest; {};"
            + " component_parameters/role/guest/0/load_0/table; missing at guest:101; null; object",
        "role/arbiter; [101]; role/arbiter; a party is guest and arbiter; [101]; other arbiters",
      })
  void plan_oneThingWrongInVersionTwo_namesPlaceFoundAndAllowed(
      String path, String json, String pointer, String message, String found, String allowed) {
    assertOnly(
        Documents.v2().with("conf/" + path, json), "conf/" + pointer, message, found, allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "role_parameters/host/fit; 1; role_parameters/host/fit; wrong type; 1; an object",
        "role_parameters/host/fit; {'alpha': 1};"
            + " role_parameters/host/fit/alpha; one value per party; 1; an array of 1",
        "role_parameters/host/fit; {'alpha': [1, 2]};"
            + " role_parameters/host/fit/alpha; one value per party; array of 2; an array of 1",
        "role_parameters/host/fit; {'init_param': {'init_method': []}};"
            + " role_parameters/host/fit/init_param/init_method; one value per party; array of 0;"
            + " an array of 1, in the order of [host:7002]",
        "role_parameters/host/fit; {'alpha': ['much']};"
            + " role_parameters/host/fit/alpha/0; wrong type; much; a number",
        "role_parameters/host/fit; {'init_param': {'init_method': ['ones']}};"
            + " role_parameters/host/fit/init_param/init_method/0; unknown choice; ones; zeros",
        "algorithm_parameters/fit/alpha; 'much'; algorithm_parameters/fit/alpha; wrong type; much;"
            + " a number",
        "algorithm_parameters/fit/encrypt_param/key_length; 16;"
            + " algorithm_parameters/fit/encrypt_param/key_length; out of range; 16; >= 1024",
        "role_parameters/host/args/data/samples; []; role_parameters/host/args/data/samples;"
            + " wrong number of tables; array of 0; one table for each of [host:7002]",
        "role_parameters/host/args/data/samples; 'x'; role_parameters/host/args/data/samples;"
            + " wrong type; \"x\"; an array",
        "role_parameters/host/args/data/samples; null; role_parameters/host/args/data/samples;"
            + " wrong type; null; an array",
        "role_parameters/host/args/data/samples; [[{'name': 'n', 'namespace': 's'}]];"
            + " role_parameters/host/args/data/samples/0; not a table; array of 1; one object",
        "role_parameters/host/args/data/samples; [{'name': 'n'}];"
            + " role_parameters/host/args/data/samples/0/namespace; missing; null; a text",
        "role_parameters/host/args/data/samples; [{'name': 7, 'namespace': 's'}];"
            + " role_parameters/host/args/data/samples/0/name; wrong type; 7; a text",
        "job_parameters/work_mode; 2; job_parameters/work_mode; unknown work mode; 2; 0 (all",
        "job_parameters/common; {}; dsl_version; conf/job_parameters/common belongs to version 2;"
            + " nothing, which means 1; 2",
        "component_parameters; {}; dsl_version; conf/component_parameters belongs to version 2;"
            + " nothing, which means 1; 2",
        "dsl_version; 2; dsl_version; conf/algorithm_parameters belongs to version 1; 2;"
            + " component_parameters",
      })
  void plan_oneThingWrongInVersionOne_namesPlaceFoundAndAllowed(
      String path, String json, String pointer, String message, String found, String allowed) {
    assertOnly(
        Documents.v1().with("conf/" + path, json), "conf/" + pointer, message, found, allowed);
  }

  @ParameterizedTest
  @CsvSource({"role_parameters", "role_parameters/host", "role_parameters/host/args"})
  void plan_sectionOfTheWrongKindInVersionOne_isNamedBeforeWhatFollowsFromIt(String path) {
    assertThat(Documents.v1().with("conf/" + path, "1").problems().get(0).toString())
        .isEqualTo("conf/" + path + ": wrong type (found 1; allowed an object)");
  }

  @Test
  void plan_parametersOfTheWrongKindInVersionTwo_areNamedBeforeWhatFollowsFromThem() {
    assertThat(Documents.v2().with("conf/component_parameters", "1").problems().get(0).toString())
        .isEqualTo("conf/component_parameters: wrong type (found 1; allowed an object)");
  }

  @Test
  void plan_withoutConf_saysSo() {
    assertThat(Documents.v2().put("conf", null).problems())
        .extracting(Problem::pointer)
        .contains("conf");
  }

  @Test
  void plan_withoutRoles_saysSo() {
    assertThat(Documents.v2().without("conf/role").problems())
        .extracting(Problem::toString)
        .anyMatch(text -> text.startsWith("conf/role: the conf names no party"));
  }

  @Test
  void plan_versionTwoConfThatForgotItsVersion_namesTheRemedyAlone() {
    assertOnly(
        Documents.v2().without("conf/dsl_version"),
        "conf/dsl_version",
        "conf/component_parameters belongs to version 2",
        "nothing, which means 1",
        "2; or");
    assertOnly(
        Documents.v2().with("conf/dsl_version", "'1'"),
        "conf/dsl_version",
        "conf/component_parameters belongs to version 2",
        "\"1\"",
        "2; or");
  }

  @Test
  void plan_argsKeyThatOneDataOwnerLacks_pointsToWhereItBelongs() {
    assertOnly(
        Documents.v1().without("conf/role_parameters/host/args"),
        "conf/role_parameters/host/args/data/samples",
        "have no table for dsl/components/prepare/input/data/data/0",
        "null",
        "name and namespace");
  }

  @Test
  void plan_argsKeyThatNobodyHas_isAProblemForEachDataOwner() {
    assertThat(
            Documents.v1()
                .with("dsl/components/prepare/input/data/data", "['args.rows']")
                .problems())
        .extracting(Problem::pointer)
        .containsExactly(
            "conf/role_parameters/guest/args/data/rows",
            "conf/role_parameters/host/args/data/rows");
  }

  @Test
  void plan_regressionWithoutArbiter_asksForOne() {
    assertOnly(
        Documents.v2().without("conf/role/arbiter"),
        "conf/role/arbiter",
        "HeteroLR of score_lr needs an arbiter",
        "null",
        "party id");
  }

  @Test
  void plan_guestAsArbiter_isLegalOnlyForOneOrganisationAlone() {
    assertThat(
            Documents.v1()
                .with("conf/role", "{'guest': [7001], 'host': [7001], 'arbiter': [7001]}")
                .problems())
        .isEmpty();
    assertThat(
            Documents.v1()
                .with("conf/role", "{'guest': [7001], 'host': [7002], 'arbiter': [7001]}")
                .problems())
        .extracting(Problem::pointer)
        .containsExactly("conf/role/arbiter");
    assertThat(
            Documents.v2()
                .with("conf/role", "{'guest': [101], 'host': [101, 202, 203], 'arbiter': [101]}")
                .problems())
        .extracting(Problem::pointer)
        .containsExactly("conf/role/arbiter");
  }

  @Test
  void plan_predictWithoutModel_asksForIt() {
    assertThat(Documents.v2().with("conf/job_parameters/common/job_type", "'predict'").problems())
        .extracting(Problem::pointer)
        .containsExactly(
            "conf/job_parameters/common/model_id", "conf/job_parameters/common/model_version");
  }

  @Test
  void plan_sameViolationAtManyParties_isReportedOnce() {
    assertOnly(
        Documents.v2().with("conf/component_parameters/role/host/all/shape_0", "{'colour': 1}"),
        "conf/component_parameters/role/host/all/shape_0/colour",
        "unknown parameter",
        "colour",
        "with_label");
  }

  @Test
  void plan_notJsonOrTooDeep_isRefused() {
    Object deep = 1;
    for (int i = 0; i < 100_000; i++) {
      deep = List.of(deep);
    }
    assertThat(Documents.v2().put("conf/extra", deep).problems())
        .extracting(Problem::message)
        .containsExactly("nested too deeply");
    assertOnly(
        Documents.v2().put("conf/extra", new StringBuilder()),
        "conf/extra",
        "not a JSON value",
        "StringBuilder",
        "JSON");
    assertOnly(
        Documents.v2().put("conf/extra", Double.NaN),
        "conf/extra",
        "not a JSON value",
        "NaN",
        "finite");
    assertOnly(
        Documents.v2().put("conf/extra", java.util.Map.of(1, 2)),
        "conf/extra",
        "not a JSON object",
        "the key 1",
        "texts");
  }
}
