package io.fedflow.benchmarks.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Columns of the original are there if it was measured, and only then. */
class RateTableTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A table as it always was. */
  @Test
  void withoutTheOriginal() {
    assertThat(lines(OriginalRates.NONE))
        .containsExactly(
            "Paillier", "fedflow textbook ratio", "add 300 30.0 10.0", "bins 9 3.0 3.0");
  }

  /** A rate that the original has none of is a dash. */
  @Test
  void besideTheOriginal() {
    assertThat(lines(new OriginalRates("Python", Map.of("add", 120.0))))
        .containsExactly(
            "Paillier",
            "fedflow textbook ratio original ratio",
            "add 300 30.0 10.0 120.0 2.5",
            "bins 9 3.0 3.0 - -");
  }

  private List<String> lines(OriginalRates original) {
    RateTable table = new RateTable(new PrintStream(bytes, true, UTF_8), original);
    table.head("Paillier");
    table.row("add", "add", 300, 30);
    table.row("bins", "", 9, 3);
    return bytes
        .toString(UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.trim().replaceAll(" +", " "))
        .toList();
  }
}
