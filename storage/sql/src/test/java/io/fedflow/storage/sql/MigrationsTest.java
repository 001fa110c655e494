package io.fedflow.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.Migration.Applied;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  private static final Migration FIRST =
      Migrations.parse(
          "0001-first.sql", "-- why\nCREATE TABLE a (x ${text});\n\nCREATE INDEX b;\n");
  private static final Migration SECOND =
      Migrations.parse("0002-second.sql", "ALTER TABLE a\n  ADD y bigint;\n");

  private final Migrations migrations = new Migrations(List.of(FIRST, SECOND));

  @Test
  void aFreshDatabase_needsAllInOrder() {
    assertThat(migrations.pending(List.of(), "db")).containsExactly(FIRST, SECOND);
  }

  @Test
  void anOlderDatabase_needsTheRest() {
    assertThat(migrations.pending(List.of(had(FIRST)), "db")).containsExactly(SECOND);
    assertThat(migrations.pending(List.of(had(FIRST), had(SECOND)), "db")).isEmpty();
  }

  @Test
  void aChangedMigration_isRefused() {
    List<Applied> applied = List.of(new Applied(1, "first", "other"));
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> migrations.pending(applied, "file x.db"))
        .withMessageContaining("file x.db")
        .withMessageContaining("1 (first)")
        .withMessageContaining(FIRST.checksum())
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("store.schema"));
  }

  @Test
  void aNewerDatabase_isRefused() {
    List<Applied> applied = List.of(had(FIRST), had(SECOND), new Applied(3, "third", "c"));
    assertThatExceptionOfType(FedflowException.class)
        .isThrownBy(() -> migrations.pending(applied, "db"))
        .withMessageContaining("3 (third)")
        .withMessageContaining("newer than this version knows (2)");
  }

  @Test
  void statements_areParted_andTakeTheWordsOfTheDatabase() {
    assertThat(FIRST.statements(Dialect.SQLITE))
        .containsExactly("CREATE TABLE a (x text)", "CREATE INDEX b");
    assertThat(FIRST.statements(Dialect.POSTGRES).get(0))
        .isEqualTo("CREATE TABLE a (x text COLLATE \"C\")");
  }

  @Test
  void checksums_doNotDependOnLineEnds() {
    Migration elsewhere =
        Migrations.parse("0002-second.sql", "ALTER TABLE a\r\n  ADD y bigint;\r\n");
    assertThat(elsewhere).isEqualTo(SECOND);
  }

  @Test
  void theMigrationsOfThisVersion_areNumberedWithoutGaps() {
    List<Migration> all = Migrations.all().pending(List.of(), "db");
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).number()).isEqualTo(i + 1);
      assertThat(all.get(i).statements(Dialect.POSTGRES)).isNotEmpty();
      assertThat(all.get(i).statements(Dialect.POSTGRES)).noneMatch(s -> s.contains("${"));
    }
  }

  private static Applied had(Migration migration) {
    return new Applied(migration.number(), migration.name(), migration.checksum());
  }
}
