package io.fedflow.storage.sql;

import io.fedflow.failure.FedflowException;
import java.util.List;
import java.util.function.Supplier;

/**
 * One statement of a change.
 *
 * @param sql the statement
 * @param args texts and longs
 * @param returns whether the statement gives rows back
 * @param refusal why the change is refused if the statement did not touch exactly one row; null if
 *     any number of rows is fine
 */
public record Step(
    String sql, List<Object> args, boolean returns, Supplier<FedflowException> refusal) {

  /** Copies the list. */
  public Step {
    args = List.copyOf(args);
  }

  /** A statement without parameters that may touch any number of rows. */
  public static Step any(String sql) {
    return new Step(sql, List.of(), false, null);
  }

  /** A statement that may touch any number of rows. */
  static Step any(String sql, Args args) {
    return new Step(sql, args.list(), false, null);
  }

  /** A statement that must touch one row, or the change is refused. */
  static Step one(String sql, Args args, Supplier<FedflowException> refusal) {
    return new Step(sql, args.list(), false, refusal);
  }

  /** A statement that gives rows back. */
  static Step returning(String sql, Args args) {
    return new Step(sql, args.list(), true, null);
  }

  /** Tells whether the change must be refused after this step touched so many rows. */
  public boolean refuses(int touched) {
    return refusal != null && touched != 1;
  }

  /** Tells whether this step adds rows, or puts them over others. */
  public boolean inserts() {
    return sql.startsWith("INSERT ");
  }

  /** Tells whether this step takes rows away. */
  public boolean deletes() {
    return sql.startsWith("DELETE ");
  }
}
