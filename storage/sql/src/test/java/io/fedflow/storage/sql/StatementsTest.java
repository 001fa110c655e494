package io.fedflow.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fedflow.failure.FedflowException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementsTest {

  private static final SqlTable TABLE = SqlTable.of("t", "a b", "c revision");

  @Test
  void parameters_areNumberedForSqlite_andKeptForPostgres() {
    String shared = "SELECT x FROM t WHERE a = $2 AND b = $1 AND c = $12";
    assertThat(Dialect.SQLITE.statement(shared))
        .isEqualTo("SELECT x FROM t WHERE a = ?2 AND b = ?1 AND c = ?12");
    assertThat(Dialect.POSTGRES.statement(shared)).isEqualTo(shared);
  }

  @Test
  void statements_followFromTheColumns() {
    assertThat(TABLE.insert())
        .isEqualTo("INSERT INTO t (a, b, c, revision) VALUES ($1, $2, $3, $4)");
    assertThat(TABLE.replaceRevision())
        .isEqualTo(
            "UPDATE t SET c = $3, revision = $4 WHERE a = $1 AND b = $2 AND revision + 1 = $4");
    assertThat(TABLE.put())
        .endsWith("ON CONFLICT (a, b) DO UPDATE SET c = excluded.c, revision = excluded.revision");
    assertThat(TABLE.deleteByPrefix(1)).isEqualTo("DELETE FROM t WHERE a = $1");
  }

  @Test
  void newRows_sendOnlyWhatIsTheirOwn() {
    NewRows rows = NewRows.of(TABLE, Map.of("b", "usual", "revision", 1L));
    Step usual = rows.insert(new Args().text("x").text("usual").text("y").number(1), null);
    assertThat(usual.sql())
        .isEqualTo(
            "INSERT INTO t (a, b, c, revision) VALUES ($1, 'usual', $2, 1) ON CONFLICT DO NOTHING");
    assertThat(usual.args()).containsExactly("x", "y");
    Step other = rows.insert(new Args().text("x").text("usual").text("y").number(2), null);
    assertThat(other.sql())
        .isEqualTo(
            "INSERT INTO t (a, b, c, revision) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
    assertThat(other.args()).containsExactly("x", "usual", "y", 2L);
  }

  @Test
  void usualValues_areOfColumnsAndQuoteNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewRows.of(TABLE, Map.of("d", 1L)))
        .withMessageContaining("[d]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewRows.of(TABLE, Map.of("c", "it's")))
        .withMessageContaining("it's");
  }

  @Test
  void conditions_holdValuesAsParametersOnly() {
    Where where = new Where().among("a", List.of("x' OR 1=1", "y", "z")).among("b", List.of());
    String sql = where.sql("SELECT a FROM t", "a", 5, 10);
    assertThat(sql)
        .isEqualTo("SELECT a FROM t WHERE a IN ($1, $2, $3, $4) ORDER BY a LIMIT $5 OFFSET $6");
    assertThat(where.args()).containsExactly("x' OR 1=1", "y", "z", "x' OR 1=1", 10L, 5L);
  }

  @Test
  void tooManyValues_areRefused() {
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> new Where().among("a", Collections.nCopies(20_000, "x")))
        .withMessageContaining("20000");
  }
}
