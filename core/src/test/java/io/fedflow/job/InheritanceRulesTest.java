package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.dsl.Inherits;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.fakes.Plans;
import io.fedflow.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InheritanceRulesTest {

  private static final Map<String, TaskStatus> ENDED =
      Map.of(
          "a", TaskStatus.SUCCESS,
          "b", TaskStatus.PASS,
          "c", TaskStatus.FAILED,
          "d", TaskStatus.SUCCESS);

  /** a feeds b and c, which feed d. */
  private static Pipeline pipeline(Pipeline parties) {
    parties.add("a", "Step").set("note", "same");
    parties.add("b", "Step").data("a");
    parties.add("c", "Step").data("a");
    parties.add("d", "Step").data("b").data("train_data", "c");
    return parties;
  }

  private static InheritanceRules.Documented documented(Pipeline pipeline) {
    JobDocuments documents = pipeline.compile();
    return new InheritanceRules.Documented(Plans.plan(documents), documents);
  }

  private static List<Problem> problems(Pipeline job, String... components) {
    Problems problems = new Problems();
    InheritanceRules.check(
        documented(job),
        documented(pipeline(Plans.two())),
        new Inherits("ended", List.of(components)),
        ENDED,
        problems);
    return problems.errors();
  }

  @Test
  void whatEndedWellAndIsTheSameMayBeTakenOver() {
    assertThat(problems(pipeline(Plans.two()), "a", "b")).isEmpty();
  }

  @Test
  void thePartiesNeedNotBeTheSame() {
    assertThat(problems(pipeline(Plans.three()), "a", "b")).isEmpty();
  }

  @Test
  void whatDidNotEndWellMayNot() {
    assertThat(problems(pipeline(Plans.two()), "a", "c"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.pointer()).endsWith("/component_list/1");
              assertThat(problem.found()).isEqualTo("failed");
              assertThat(problem.allowed()).isEqualTo("success or pass");
            });
  }

  @Test
  void everyUpstreamMustBeListed() {
    assertThat(problems(pipeline(Plans.two()), "a", "d"))
        .extracting(Problem::found)
        .containsExactly("b", "c");
  }

  @Test
  void parametersOfCommonPartiesMustAgree() {
    Pipeline other = Plans.two();
    other.add("a", "Step").set("note", "same").set(Plans.HOST, "note", "other");
    assertThat(problems(other, "a"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("host:2"));
  }

  @Test
  void moduleAndWiringMustAgree() {
    Pipeline other = Plans.two();
    other.add("a", "Step").set("note", "same");
    other.add("b", "Step").data("train_data", "a");
    assertThat(problems(other, "a", "b"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("input of b"));
    assertThat(problems(other, "x"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("unknown in this job"));
  }

  @Test
  void onlyWhatHangsOnNothingElseIsConnected() {
    var plan = documented(pipeline(Plans.two())).plan();
    assertThat(InheritanceRules.connected(plan, Set.of("a", "b", "c", "d")))
        .containsExactly("a", "b", "c", "d");
    assertThat(InheritanceRules.connected(plan, Set.of("a", "b", "d"))).containsExactly("a", "b");
    assertThat(InheritanceRules.connected(plan, Set.of("b", "c", "d"))).isEmpty();
  }
}
