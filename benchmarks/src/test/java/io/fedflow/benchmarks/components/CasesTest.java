package io.fedflow.benchmarks.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.ComponentCatalog;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of the benchmark are complete, and each of them runs. */
@Timeout(120)
class CasesTest {

  private static final Shape TINY = new Shape(40, 6);

  static Stream<ComponentCase> cases() {
    return Cases.ALL.values().stream();
  }

  /** A component without a case would never be measured. */
  @Test
  void everyComponentHasACase() {
    Set<String> offered =
        ComponentCatalog.discover().components().stream()
            .map(component -> component.descriptor().module())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> measured =
        cases().map(ComponentCase::module).collect(Collectors.toCollection(TreeSet::new));
    assertThat(offered).isNotEmpty();
    assertThat(measured).isEqualTo(offered);
  }

  /** With the shortest keys that components take. */
  @ParameterizedTest
  @MethodSource("cases")
  void everyCaseRuns(ComponentCase one) {
    try (CaseRunner runner = new CaseRunner(one, TINY, 1024)) {
      assertThat(runner.measure().heap()).isPositive();
    }
  }

  /** Otherwise growth would be told of a job that does not run. */
  @ParameterizedTest
  @MethodSource("cases")
  void everyCaseThatMayHaveASecondHostRunsWithIt(ComponentCase one) {
    if (one.growth().hosts() > 0) {
      try (CaseRunner runner = new CaseRunner(one, new Shape(40, 6, 2), 1024)) {
        assertThat(runner.measure().heap()).isPositive();
      }
    }
  }

  @Test
  void namesChooseCasesAndModules() {
    assertThat(Cases.named(List.of("Union")))
        .extracting(ComponentCase::name)
        .containsExactly("Union/rows", "Union/columns");
    assertThat(Cases.named(List.of("Union/rows", "Union")))
        .extracting(ComponentCase::name)
        .containsExactly("Union/rows", "Union/columns");
    assertThat(Cases.named(List.of())).hasSameSizeAs(Cases.ALL.values());
    assertThatThrownBy(() -> Cases.named(List.of("Unions")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found Unions");
  }

  @Test
  void whatGrowsFasterThanAllowedIsMarked() {
    assertThat(GrowthTable.faster("rows", 1, 2.1, 2)).isEmpty();
    assertThat(GrowthTable.faster("rows", 1, 4, 2)).contains("rows");
    assertThat(GrowthTable.faster("columns", 1, 4, 4)).isEmpty();
    // What takes no time at all says nothing.
    assertThat(GrowthTable.faster("rows", 0.001, 0.2, 2)).isEmpty();
    assertThat(GrowthTable.ratio(0.001, 0.2)).isEqualTo("-");
    assertThat(GrowthTable.ratio(2, 5)).isEqualTo("2.50");
  }
}
