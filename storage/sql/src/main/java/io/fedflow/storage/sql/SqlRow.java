package io.fedflow.storage.sql;

import io.fedflow.failure.FedflowException;
import java.util.function.Function;

/** One row of a result; positions count from 0. Values are never null. */
public interface SqlRow {

  /** A text. */
  String text(int position);

  /** A whole number. */
  long number(int position);

  /**
   * Makes a value of this row.
   *
   * @throws FedflowException {@code store.bug} if the row is not as the mapper expects
   */
  default <R> R map(Function<SqlRow, R> mapper) {
    try {
      return mapper.apply(this);
    } catch (FedflowException e) {
      throw e;
    } catch (RuntimeException e) {
      throw StoreFailures.bug("a stored row cannot be read: " + e, e);
    }
  }
}
