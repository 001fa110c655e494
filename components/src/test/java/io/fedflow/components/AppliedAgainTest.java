package io.fedflow.components;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.Agreement;
import io.fedflow.components.testing.ComponentJob;
import io.fedflow.components.testing.ComponentJobs;
import io.fedflow.components.testing.JobVariants;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model applied to the rows that it was learned from gives what the training gave. */
class AppliedAgainTest {

  private static final double TOLERANCE = 1e-9;

  /** What is not applied, and why. */
  private static final Map<String, String> NOT_APPLIED = new TreeMap<>();

  static {
    for (String module : ComponentJobs.WITHOUT_MODEL) {
      NOT_APPLIED.put(module, "learns nothing");
    }
    for (String module : List.of("DataStatistics", "HeteroPearson", "PSI")) {
      NOT_APPLIED.put(module, "measures rows and hands on none");
    }
    JobVariants.names().stream()
        .filter(JobVariants::isOfFolds)
        .forEach(name -> NOT_APPLIED.put(name, "gives the rows of its folds and no model"));
  }

  static Stream<String> applied() {
    return Stream.concat(ComponentJobs.modules().stream(), JobVariants.names().stream())
        .filter(name -> !NOT_APPLIED.containsKey(name));
  }

  @ParameterizedTest
  @MethodSource("applied")
  void predictionsOfTheTrainingRows_areThoseOfTheTraining(String name) {
    ComponentJob job = JobVariants.of(name);
    Result learned = job.harness().seed(11).run().succeeded();
    Result again = job.applying(learned).harness().seed(12).run().succeeded();
    Map<Party, Table> tables = tables(learned);
    assertThat(tables).as("parties that hand on rows").isNotEmpty();
    assertThat(tables(again).keySet()).isEqualTo(tables.keySet());
    tables.forEach(
        (party, table) ->
            // A prediction says so, where the training said train.
            Agreement.assertSame(table, tables(again).get(party), TOLERANCE, Set.of("type")));
  }

  @Test
  void everyModuleIsAppliedOrSaysWhyNot() {
    assertThat(NOT_APPLIED.keySet())
        .allMatch(
            name -> ComponentJobs.modules().contains(name) || JobVariants.names().contains(name));
  }

  private static Map<Party, Table> tables(Result result) {
    Map<Party, Table> tables = new LinkedHashMap<>();
    result
        .outputs()
        .forEach(
            (party, outputs) -> {
              if (!outputs.data().isEmpty()) {
                tables.put(party, outputs.data().get(0));
              }
            });
    return tables;
  }
}
