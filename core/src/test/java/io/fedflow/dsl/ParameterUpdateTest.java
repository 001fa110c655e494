package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterUpdateTest {

  private static final JobDocuments SECOND =
      new JobDocuments(
          Map.of("components", Map.of()),
          Json.object(
              "{'dsl_version': 2, 'job_parameters': {'common': {'timeout': 5, 'seed': 9,"
                  + " 'model_id': 'm', 'task_cores': 2}, 'role': {'host': {'all': {'a': 1}}}},"
                  + " 'component_parameters': {'common': {'lr_0': {'alpha': 1, 'deep': {'x': 1,"
                  + " 'y': 2}}}}}"));

  private static final JobDocuments FIRST =
      new JobDocuments(
          Map.of(),
          Json.object(
              "{'job_parameters': {'timeout': 5}, 'algorithm_parameters': {'lr_0': {'a': 1}},"
                  + " 'role_parameters': {'host': {}}}"));

  private static Object json(String text) {
    return text == null ? null : Json.object("{'v': " + text + "}").get("v");
  }

  private static Map<String, Object> updated(JobDocuments before, String job, String component) {
    return new ParameterUpdate(json(job), json(component)).applyTo(before).conf();
  }

  private static List<String> pointers(JobDocuments before, String job, String component) {
    ProblemsException refused =
        catchThrowableOfType(ProblemsException.class, () -> updated(before, job, component));
    assertThat(refused).isNotNull();
    return refused.problems().stream().map(Problem::pointer).toList();
  }

  @Test
  void commonIsReplacedButForWhatTheJobStaysBy() {
    Map<String, Object> conf = updated(SECOND, "{'common': {'timeout': 6, 'model_id': 'n'}}", null);
    assertThat(conf.get("job_parameters"))
        .isEqualTo(
            json(
                "{'common': {'timeout': 6, 'model_id': 'm', 'seed': 9},"
                    + " 'role': {'host': {'all': {'a': 1}}}}"));
    assertThat(conf.get("component_parameters"))
        .isEqualTo(SECOND.conf().get("component_parameters"));
  }

  @Test
  void componentParametersAreLaidOver() {
    Map<String, Object> conf =
        updated(
            SECOND,
            null,
            "{'common': {'lr_0': {'deep': {'y': 3}}}, 'role': {'host': {'0': {'b': {'c': 1}}}}}");
    assertThat(conf.get("component_parameters"))
        .isEqualTo(
            json(
                "{'common': {'lr_0': {'alpha': 1, 'deep': {'x': 1, 'y': 3}}},"
                    + " 'role': {'host': {'0': {'b': {'c': 1}}}}}"));
    assertThat(conf.get("job_parameters")).isEqualTo(SECOND.conf().get("job_parameters"));
  }

  @Test
  void aConfOfVersionOneTakesCommonParameters() {
    Map<String, Object> conf =
        updated(FIRST, "{'common': {'timeout': 7}}", "{'common': {'lr_0': {'b': 2}}}");
    assertThat(conf)
        .isEqualTo(
            json(
                "{'job_parameters': {'timeout': 7}, 'algorithm_parameters': {'lr_0': {'a': 1,"
                    + " 'b': 2}}, 'role_parameters': {'host': {}}}"));
    assertThat(pointers(FIRST, null, "{'role': {}}")).containsExactly("component_parameters/role");
  }

  @Test
  void everythingWrongIsNamed() {
    assertThat(
            pointers(
                SECOND,
                "{'role': {}, 'common': {'seed': 10, 'job_type': 'predict'}}",
                "{'lr_0': {}, 'common': 3}"))
        .containsExactlyInAnyOrder(
            "job_parameters/role",
            "job_parameters/common/seed",
            "job_parameters/common/job_type",
            "component_parameters/lr_0",
            "component_parameters/common");
    assertThat(pointers(SECOND, null, null)).containsExactly("job_parameters");
    assertThat(pointers(SECOND, "'text'", null)).containsExactly("job_parameters");
  }

  @Test
  void theSameSeedMayBeRepeated() {
    assertThat(updated(SECOND, "{'common': {'seed': 9}}", null).get("job_parameters"))
        .isEqualTo(
            json(
                "{'common': {'seed': 9, 'model_id': 'm'},"
                    + " 'role': {'host': {'all': {'a': 1}}}}"));
  }
}
