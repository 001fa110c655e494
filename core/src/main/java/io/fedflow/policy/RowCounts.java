package io.fedflow.policy;

import io.fedflow.dsl.InputTable;
import io.fedflow.party.Party;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Tells how many rows tables have. Thread-safe. */
@FunctionalInterface
public interface RowCounts {

  /**
   * Counts the rows of a table that a party would read.
   *
   * @return completes with empty if there is no such table
   */
  CompletionStage<OptionalLong> of(Party at, InputTable table);
}
