package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that a DSL can have wrong, on top of a sound job. */
class DslProblemsTest {

  private static void assertOnly(Documents documents, String... parts) {
    List<Problem> problems = documents.problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).toString()).contains(parts);
    assertThat(problems.get(0).pointer()).isEqualTo(parts[0]);
  }

  @Test
  void plan_withoutDsl_saysSo() {
    assertOnly(
        Documents.v2().put("dsl", null), "dsl", "missing", "null", "an object with components");
  }

  @Test
  void plan_withoutComponents_saysSo() {
    assertOnly(Documents.v2().with("dsl/components", "{}"), "dsl/components", "no components");
    assertOnly(Documents.v2().without("dsl/components"), "dsl/components", "no components");
    assertOnly(Documents.v2().with("dsl/components", "7"), "dsl/components", "wrong type", "7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // what is put where; pointer; message; found; allowed
        "provider; 3; provider; wrong type; 3; a text",
        "components/judge_0/provider; []; components/judge_0/provider; wrong type; array of 0; text",
        "components/judge_0/input; []; components/judge_0/input; wrong type; array; an object",
        "components/judge_0/input/data; 'x'; components/judge_0/input/data; wrong type; \"x\"; object",
        "components/judge_0/input/data/data; 'score_lr.data'; components/judge_0/input/data/data;"
            + " wrong type; \"score_lr.data\"; an array",
        "components/judge_0/input/data/data; [3]; components/judge_0/input/data/data/0;"
            + " wrong type; 3; a text",
        "components/judge_0/input/data/data; [null]; components/judge_0/input/data/data/0;"
            + " missing; null; a text",
        "components/judge_0/input/data/data; ['']; components/judge_0/input/data/data/0;"
            + " empty; \"\"; at least one",
        "components/judge_0/input/data/data; ['data']; components/judge_0/input/data/data/0;"
            + " not a reference; \"data\"; <component>.<output>",
        "components/judge_0/input/model; ['pipeline.x']; components/judge_0/input/model/0;"
            + " not a reference; \"pipeline.x\"; pipeline.<component>.<model>",
        "components/judge_0/input/model; {}; components/judge_0/input/model; wrong type; object;"
            + " array",
        "components/judge_0/input/isometric_model; 1; components/judge_0/input/isometric_model;"
            + " wrong type; 1; array",
        "components/judge_0/input/cache; true; components/judge_0/input/cache; wrong type; true;"
            + " array",
        "components/judge_0/output; 'data'; components/judge_0/output; wrong type; \"data\"; object",
        "components/judge_0/output/data; 'data'; components/judge_0/output/data; wrong type;"
            + " \"data\"; array",
        "components/judge_0/output/model; 'm'; components/judge_0/output/model; wrong type; \"m\";"
            + " array",
        "components/judge_0/output/cache; 4.5; components/judge_0/output/cache; wrong type; 4.5;"
            + " array",
        "components/judge_0/output/data; ['a', 'b', 'a']; components/judge_0/output/data;"
            + " declared twice; \"a\"; each name once",
        "components/judge_0/need_deploy; 'yes'; components/judge_0/need_deploy; wrong type;"
            + " \"yes\"; true or false",
        "components/judge_0/module; null; components/judge_0/module; missing; null; a text",
        "components/judge_0/module; 5; components/judge_0/module; wrong type; 5; a text",
        "components/judge_0/module; 'Evaluator'; components/judge_0/module; unknown module;"
            + " \"Evaluator\"; Evaluation? All: [DataIO, DataTransform,",
        "components/judge_0/module; 'Zzz'; components/judge_0/module; unknown module; \"Zzz\";"
            + " one of [DataIO, DataTransform,",
        "components/judge_0/module; 'Upload'; components/judge_0/module; no party of the job;"
            + " guest, host, arbiter; [local]",
        "components/judge_0/input/data/data; ['scorelr.data'];"
            + " components/judge_0/input/data/data/0; data of judge_0 comes from an unknown"
            + " component; \"scorelr.data\"; score_lr? All: [load_0,",
        "components/judge_0/input/data/data; ['nobody.data'];"
            + " components/judge_0/input/data/data/0; unknown component; \"nobody.data\"; one of"
            + " [load_0, shape_0,",
        "components/judge_0/input/data/data; ['score_lr.rows'];"
            + " components/judge_0/input/data/data/0; does not declare; \"score_lr.rows\"; [data]",
        "components/judge_0/input/isometric_model; ['match_0.model'];"
            + " components/judge_0/input/isometric_model/0; does not declare; match_0.model;"
            + " no output of this kind",
        "components/judge_0/input/cache; ['score_lr.cache']; components/judge_0/input/cache/0;"
            + " does not declare; score_lr.cache; no output of this kind",
        "components/judge_0/input/data/data; ['judge_0.data'];"
            + " components/judge_0/input/data/data/0; refers to itself; judge_0.data; another",
        "components/judge_0/input/data/data; ['args.x']; components/judge_0/input/data/data/0;"
            + " args references belong to version 1; args.x; Reader",
        "components/judge_0/input/model; ['pipeline.score_lr.model'];"
            + " components/judge_0/input/model/0; only a predict job; pipeline.score_lr.model;"
            + " predict",
      })
  void plan_oneThingWrong_namesPlaceFoundAndAllowed(
      String path, String json, String pointer, String message, String found, String allowed) {
    Documents documents = Documents.v2().with("dsl/" + path, json);
    assertOnly(documents, "dsl/" + pointer, message, found, allowed);
    Problem problem = documents.problems().get(0);
    assertThat(problem.message()).contains(message);
    assertThat(problem.found()).contains(found);
    assertThat(problem.allowed()).contains(allowed);
  }

  @ParameterizedTest
  @CsvSource({"a b", "ä", "x.y", "x~1", "'x;y'"})
  void plan_illegalComponentName_isRefused(String name) {
    Documents documents = Documents.v2().put("dsl/components/" + name, Map.of("module", "Reader"));
    assertThat(documents.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.pointer()).isEqualTo("dsl/components/" + name.replace("~", "~0"));
              assertThat(problem.message()).isEqualTo("illegal component name");
              assertThat(problem.allowed()).contains("letters, digits, '_' and '-'");
            });
  }

  @Test
  void plan_slashInComponentName_isEscapedInThePointer() {
    Documents documents =
        Documents.v2().put("dsl/components", Map.of("a/b~c", Map.of("module", "Reader")));
    assertThat(documents.problems())
        .extracting(Problem::pointer)
        .contains("dsl/components/a~1b~0c");
  }

  @Test
  void plan_overlongOrReservedName_isRefused() {
    String overlong = "x".repeat(71);
    for (String name : List.of(overlong, "args", "pipeline")) {
      Documents documents =
          Documents.v2().put("dsl/components/" + name, Map.of("module", "Intersection"));
      assertOnly(documents, "dsl/components/" + name, "component name");
    }
    assertThat(
            Documents.v2()
                .put("dsl/components/" + "x".repeat(70), Map.of("module", "Intersection"))
                .problems())
        .isEmpty();
  }

  @Test
  void plan_componentThatIsNoObject_isRefused() {
    assertOnly(
        Documents.v2().with("dsl/components/extra", "null"),
        "dsl/components/extra",
        "wrong type",
        "an object");
    assertOnly(
        Documents.v2().with("dsl/components/extra", "'Reader'"),
        "dsl/components/extra",
        "wrong type");
  }

  @Test
  void plan_cycle_isNamedAlongItsEdges() {
    assertOnly(
        Documents.v2().with("dsl/components/shape_0/input/data/data", "['score_lr.data']"),
        "dsl/components/shape_0",
        "the components form a cycle",
        "shape_0->match_0->score_lr->shape_0");
  }

  @Test
  void plan_twoCycles_areBothNamed() {
    // given
    Documents documents =
        Documents.v1()
            .with("dsl/components/prepare/input/data/data", "['bins.rows']")
            .with("dsl/components/select/input", "{'data': {'data': ['judge.report']}}");

    // then
    assertThat(documents.problems())
        .extracting(Problem::found)
        .containsExactly("prepare->bins->prepare", "select->fit->judge->select");
  }

  @Test
  void plan_severalThingsWrong_reportsAllAtOnce() {
    // given
    Documents documents =
        Documents.v2()
            .with("dsl/components/judge_0/module", "'Evaluater'")
            .with("dsl/components/match_0/input/data/data", "['nobody.data']")
            .with("conf/initiator/party_id", "999")
            .with("conf/job_parameters/common/timeout", "'soon'")
            .with("conf/component_parameters/common/score_lr/max_iter", "0");

    // then
    assertThat(documents.problems())
        .extracting(Problem::pointer)
        .containsExactlyInAnyOrder(
            "dsl/components/judge_0/module",
            "dsl/components/match_0/input/data/data/0",
            "conf/initiator/party_id",
            "conf/job_parameters/common/timeout",
            "conf/component_parameters/common/score_lr/max_iter");
  }
}
