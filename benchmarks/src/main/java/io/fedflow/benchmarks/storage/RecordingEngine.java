package io.fedflow.benchmarks.storage;

import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.Change;
import io.fedflow.storage.sql.SqlEngine;
import io.fedflow.storage.sql.SqlRow;
import io.fedflow.storage.sql.SqlStores;
import io.fedflow.storage.sql.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Keeps the statements that stores would run, so that a bare client can run the same. */
final class RecordingEngine implements SqlEngine {

  private final List<List<Step>> changes = new ArrayList<>();

  /** Stores that run nothing. */
  Stores stores(JsonCodec json) {
    return SqlStores.over(this, json, MemoryStores.create().blobs(), () -> {});
  }

  /** What was recorded so far, change by change. */
  List<List<Step>> changes() {
    return changes;
  }

  @Override
  public <R> CompletionStage<List<R>> change(Change<R> change) {
    changes.add(change.steps());
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public void sumNotes() {
    // The bare client is spared it.
  }

  @Override
  public <R> CompletionStage<List<R>> read(
      String sql, List<Object> args, Function<SqlRow, R> mapper) {
    throw new IllegalStateException("writes alone are recorded");
  }
}
