package io.fedflow.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A damaged file is not waited for as one that is only away. */
class DamagedFileTest {

  @ParameterizedTest
  @EnumSource(
      value = SQLiteErrorCode.class,
      names = {"SQLITE_CORRUPT", "SQLITE_CORRUPT_VTAB", "SQLITE_NOTADB"})
  void damageIsNotUnavailability(SQLiteErrorCode code) {
    SQLiteException found = new SQLiteException("malformed", code);
    for (FedflowException told :
        new FedflowException[] {Failures.of(found), Failures.ofCommit(found)}) {
      assertThat(told.kind()).isEqualTo(FailureKind.BUG);
      assertThat(told.code()).isEqualTo("store.corrupt");
      assertThat(told).hasMessageContaining("damaged").hasMessageContaining("backup");
    }
  }
}
