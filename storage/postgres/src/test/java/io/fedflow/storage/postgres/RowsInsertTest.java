package io.fedflow.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FedflowException;
import io.fedflow.storage.postgres.Batches.Batch;
import io.fedflow.storage.postgres.Batches.Entry;
import io.fedflow.storage.sql.Step;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The statement for many rows. A wrong one would not show: every change of its group would be
 * written alone instead, only more slowly.
 */
class RowsInsertTest {

  private static final String ONE =
      "INSERT INTO t (a, b, c, d) VALUES ($1, 'usual', $2, 0) ON CONFLICT DO NOTHING";
  private static final Supplier<FedflowException> TAKEN =
      () -> FedflowException.invalid("t.taken", "taken");

  @Test
  void parameters_areColumns_andLiteralsStay() {
    RowsInsert rows = RowsInsert.of(batch(ONE, 3, TAKEN)).orElseThrow();
    assertThat(rows.sql())
        .isEqualTo(
            "INSERT INTO t (a, b, c, d) SELECT own.c1, 'usual', own.c2, 0"
                + " FROM unnest($1::text[], $2::bigint[]) AS own(c1, c2)");
    assertThat(rows.columns().getArrayOfStrings(0)).containsExactly("row 0", "row 1", "row 2");
    assertThat(rows.columns().getArrayOfLongs(1)).containsExactly(0L, 1L, 2L);
  }

  @Test
  void rowsThatMayBeTaken_goOneByOne() {
    assertThat(RowsInsert.of(batch(ONE, 3, null))).isEmpty();
    assertThat(RowsInsert.of(batch(ONE.replace(" ON CONFLICT DO NOTHING", ""), 3, null)))
        .isPresent();
  }

  @Test
  void fewRows_andOtherStatements_goOneByOne() {
    assertThat(RowsInsert.of(batch(ONE, 2, TAKEN))).isEmpty();
    assertThat(
            RowsInsert.of(
                batch(
                    "INSERT INTO t (a, c) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET c = $2",
                    3,
                    TAKEN)))
        .isEmpty();
    assertThat(RowsInsert.of(batch("INSERT INTO t (a, c) VALUES ($2, $1)", 3, TAKEN))).isEmpty();
  }

  private static Batch batch(String sql, int rows, Supplier<FedflowException> refusal) {
    return new Batch(
        sql,
        IntStream.range(0, rows)
            .mapToObj(i -> new Step(sql, List.of("row " + i, (long) i), false, refusal))
            .map(step -> new Entry(null, step))
            .toList());
  }
}
