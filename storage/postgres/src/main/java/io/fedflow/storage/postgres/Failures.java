package io.fedflow.storage.postgres;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.StoreFailures;
import io.vertx.pgclient.PgException;

/** What the network and Postgres do wrong, as failures of ours. */
final class Failures {

  private Failures() {}

  /** What a caller is told when an operation failed before anything was committed. */
  static FedflowException of(Throwable failure) {
    if (failure instanceof FedflowException known) {
      return known;
    }
    if (failure instanceof PgException refusal && state(refusal).equals("53100")) {
      return StoreFailures.full("Postgres cannot grow: " + refusal.getErrorMessage(), failure);
    }
    if (failure instanceof PgException refusal && isOurFault(refusal)) {
      return StoreFailures.bug(
          "Postgres refused a statement of ours: " + refusal.getErrorMessage(), failure);
    }
    return StoreFailures.unavailable(
        "Postgres did not do it: " + failure.getMessage() + "; try again once it is well", failure);
  }

  /** What a caller is told when the commit itself failed. */
  static FedflowException ofCommit(Throwable failure) {
    if (failure instanceof PgException refusal && !endsConnection(refusal)) {
      return of(failure);
    }
    return StoreFailures.unknown(
        "the connection was lost during a commit ("
            + failure.getMessage()
            + "); read again what is stored, then decide again",
        failure);
  }

  /** What an operator is told when the database cannot be opened. */
  static FedflowException ofOpening(PostgresUrl url, Throwable failure) {
    if (failure instanceof FedflowException known) {
      return known;
    }
    String state = failure instanceof PgException refusal ? state(refusal) : "";
    if (state.startsWith("28")) {
      return new FedflowException(
          FailureKind.INVALID,
          "store.login",
          url + ": Postgres refused the login; check user and password of the URL",
          failure);
    }
    if (state.equals("3D000")) {
      return new FedflowException(
          FailureKind.INVALID,
          "store.database",
          url + ": there is no such database; create it (createdb " + url.database() + ")",
          failure);
    }
    if (state.isEmpty()) {
      return StoreFailures.unavailable(
          url
              + ": cannot be reached ("
              + failure.getMessage()
              + "); check that Postgres runs and that host and port are right",
          failure);
    }
    return StoreFailures.unavailable(url + ": " + failure.getMessage(), failure);
  }

  /**
   * Classes 08 (connection), 40, 53 (resources), 57 (operator), 58 (system) may pass, and so do a
   * transaction that stood still (25P03) and what came after its end (25P02).
   */
  private static boolean isOurFault(PgException refusal) {
    return !state(refusal).matches("(08|40|53|57|58|25P0[23]).*");
  }

  /** Tells whether the server ended the connection; it does not say what it still did before. */
  static boolean endsConnection(PgException refusal) {
    return state(refusal).matches("(08|57|58|XX|25P03).*");
  }

  private static String state(PgException refusal) {
    return refusal.getSqlState() == null ? "" : refusal.getSqlState();
  }
}
