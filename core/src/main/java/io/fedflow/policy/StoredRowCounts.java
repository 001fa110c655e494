package io.fedflow.policy;

import io.fedflow.data.DataManager;
import io.fedflow.dsl.InputTable;
import io.fedflow.party.Party;
import io.fedflow.tracking.OutputData;
import io.fedflow.tracking.TrackingManager;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts rows by what a site's stores tell. Thread-safe. */
public final class StoredRowCounts implements RowCounts {

  private final DataManager data;
  private final TrackingManager tracking;

  /** Counts the tables of this site. */
  public StoredRowCounts(DataManager data, TrackingManager tracking) {
    this.data = data;
    this.tracking = tracking;
  }

  @Override
  public CompletionStage<OptionalLong> of(Party at, InputTable table) {
    if (table instanceof InputTable.Stored stored) {
      return data.find(stored.table().namespace(), stored.table().name())
          .thenApply(
              found ->
                  found.isPresent()
                      ? OptionalLong.of(found.get().rowCount())
                      : OptionalLong.empty());
    }
    InputTable.Earlier earlier = (InputTable.Earlier) table;
    return tracking
        .latest(earlier.jobId(), earlier.component(), at)
        .thenCompose(
            row ->
                row.isEmpty()
                    ? CompletableFuture.completedStage(OptionalLong.empty())
                    : tracking
                        .outputs(row.get().task(), at)
                        .thenApply(
                            outputs ->
                                outputs.stream()
                                    .filter(o -> o.dataName().equals(earlier.output()))
                                    .filter(o -> !o.isDropped())
                                    .mapToLong(OutputData::rowCount)
                                    .findFirst()));
  }
}
