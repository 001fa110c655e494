package io.fedflow.storage.sql;

import java.util.List;
import java.util.function.Function;

/**
 * A write that happens whole or not at all.
 *
 * @param steps its statements, in order; may be empty
 * @param mapper reads the rows that its last step that {@link Step#returns} gives back
 */
public record Change<R>(List<Step> steps, Function<SqlRow, R> mapper) {

  /** Copies the list. */
  public Change {
    steps = List.copyOf(steps);
  }

  /** A change that gives nothing back. */
  public static Change<Void> of(List<Step> steps) {
    return new Change<>(steps, row -> null);
  }
}
