package io.fedflow.storage.sqlite;

import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.StoreFailures;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** What the disk and SQLite do wrong, as failures of ours. */
final class Failures {

  private Failures() {}

  /** Certainly not done. */
  static FedflowException unavailable(String what, Throwable cause) {
    return StoreFailures.unavailable(
        what + ": " + cause.getMessage() + "; check free space, permissions and the disk", cause);
  }

  /** What a caller is told when an operation threw. */
  static FedflowException of(Throwable failure) {
    if (failure instanceof FedflowException known) {
      return known;
    }
    if (hasCode(failure, "SQLITE_(CORRUPT|NOTADB).*")) {
      return StoreFailures.corrupt(
          "the database file is damaged ("
              + failure.getMessage()
              + "); end the server and put a backup in its place",
          failure);
    }
    if (hasCode(failure, "SQLITE_FULL")) {
      return StoreFailures.full("the database cannot grow (" + failure.getMessage() + ")", failure);
    }
    return isOurFault(failure)
        ? StoreFailures.bug("SQLite refused a statement of ours: " + failure.getMessage(), failure)
        : unavailable("the database refused an operation", failure);
  }

  /** What callers are told when the commit itself failed. */
  static FedflowException ofCommit(SQLException failure) {
    if (failure instanceof SQLiteException known
        && known.getResultCode().name().startsWith("SQLITE_IOERR")) {
      // The disk may have taken the commit and failed only to say so: the next start would find it.
      return StoreFailures.unknown(
          "the disk failed during a commit ("
              + failure.getMessage()
              + "); check it, start again, and read again what is stored",
          failure);
    }
    return of(failure);
  }

  private static boolean isOurFault(Throwable failure) {
    return hasCode(failure, "SQLITE_(ERROR|CONSTRAINT|MISMATCH|MISUSE|RANGE|TOOBIG).*");
  }

  private static boolean hasCode(Throwable failure, String codes) {
    return failure instanceof SQLiteException known && known.getResultCode().name().matches(codes);
  }
}
