package io.fedflow.components.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fedflow.components.testing.ComponentJob;
import io.fedflow.components.testing.ComponentJobs;
import io.fedflow.components.testing.Failures;
import io.fedflow.failure.ColumnException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cell of the page {@code docs/bad-input.md}, tried: what it says is what happens. */
class BadInputPageTest {

  private static final String NONE = "—";
  private static final String WORKS = "works";
  private static final String NAN = "works, NaN";

  /** All parties read the conf, and so the name in it that fits no column. */
  private static final String WORD_OF_THE_CONF = "columns.unknown";

  /** A column as other parties may read it. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "columns? (((guest|host)_\\d+_(x\\d+|y)|number \\d+ of (its table|the model))(, )?)+");

  private static List<List<String>> rows() throws IOException {
    List<String> heads = new ArrayList<>(List.of("component"));
    Stream.of(BadInput.values()).map(BadInput::head).forEach(heads::add);
    return BadInputPage.table(heads.toArray(String[]::new));
  }

  @Test
  void thePageSpeaksOfEveryComponent() throws IOException {
    assertThat(rows().stream().map(row -> row.get(0)))
        .containsExactlyElementsOf(
            ComponentJobs.modules().stream()
                .filter(module -> !ComponentJobs.WITHOUT_JOB.contains(module))
                .toList());
  }

  @TestFactory
  Stream<DynamicTest> everyCell() throws IOException {
    return rows().stream()
        .flatMap(
            row ->
                IntStream.range(0, BadInput.values().length)
                    .mapToObj(
                        i -> {
                          BadInput bad = BadInput.values()[i];
                          String cell = row.get(i + 1);
                          return dynamicTest(
                              row.get(0) + ": " + bad + " " + cell,
                              () -> holds(ComponentJobs.of(row.get(0)), bad, cell));
                        }));
  }

  private static void holds(ComponentJob sound, BadInput bad, String cell) {
    Optional<ComponentJob> job = bad.of(sound);
    assertThat(job.isPresent()).as("there is such input").isEqualTo(!cell.equals(NONE));
    if (job.isEmpty()) {
      return;
    }
    Result result = job.get().harness().run();
    if (cell.startsWith(WORKS)) {
      result.succeeded();
      assertThat(result.outputs().keySet()).containsAll(running(job.get()));
      assertThat(Finite.exceptions(result, bad.columns(sound)))
          .as("numbers that are none, or infinite")
          .matches(found -> found.isEmpty() != cell.equals(NAN), "as the page says");
      return;
    }
    if (sound.component().descriptor().messages().isEmpty()) {
      // A party whose own rows are sound waits for nobody here; its job is ended by the engine.
      assertThat(result.failures().keySet()).containsAnyElementsOf(bad.at(sound));
    } else {
      // An arbiter has no rows, and nothing to do where a model is applied.
      Set<Party> well = new HashSet<>(result.outputs().keySet());
      well.retainAll(bad.at(sound));
      assertThat(well).as("parties with such input that ended well").isEmpty();
    }
    assertThat(result.rootFailure()).is(Failures.code(cell));
    Set<String> named = bad.named(sound);
    assertThat(
            named.isEmpty() || named.stream().anyMatch(result.rootFailure().getMessage()::contains))
        .as(result.rootFailure().getMessage() + " names one of " + named)
        .isTrue();
    if (!named.isEmpty() && !cell.equals(WORD_OF_THE_CONF) && !arbiterRefused(result)) {
      assertThat(result.rootFailure()).isInstanceOf(ColumnException.class);
      assertThat(((ColumnException) result.rootFailure()).told())
          .as("what other parties read of " + result.rootFailure().getMessage())
          .matches(ELSEWHERE);
    }
  }

  /** An arbiter has no columns: it refuses what all parties' labels are together. */
  private static boolean arbiterRefused(Result result) {
    return result.failures().entrySet().stream()
        .anyMatch(
            failed ->
                failed.getValue() == result.rootFailure()
                    && failed.getKey().role().equals(Role.ARBITER));
  }

  /** What a note below the table says of other parameters. */
  @ParameterizedTest
  @CsvSource({
    "FeatureImputation, MISSING, missing_fill_method, mean, columns.empty",
    "FeatureImputation, MISSING, missing_fill_method, designated, works",
    "HeteroLR, MORE_HOSTS, early_stop, weight_diff, works",
    "HeteroLinR, MORE_HOSTS, early_stop, weight_diff, works",
    "HeteroSecureBoost, MISSING, use_missing, true, works"
  })
  void otherParameters_otherCells(
      String module, BadInput bad, String parameter, String value, String cell) {
    Object given = value.equals("true") ? Boolean.TRUE : value;
    holds(ComponentJobs.of(module).with(Map.of(parameter, given)), bad, cell);
  }

  private static List<Party> running(ComponentJob job) {
    return job.parties().restrictedTo(job.component().descriptor().roles()).all();
  }
}
