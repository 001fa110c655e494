package io.fedflow.job;

import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.OutputData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells whether what ended well before a job runs again still has the outputs that are needed. */
final class KeptOutputs {

  private KeptOutputs() {}

  /**
   * Completes if a party has every output that tasks which run again read from tasks which do not.
   *
   * @param again the components that run again
   * @return fails with CONFLICT {@code job.outputs_dropped}, which names all that are missing
   */
  static CompletionStage<Void> require(
      TrackingStore tracking, PartyState state, JobPlan plan, Set<String> again) {
    Set<String> missing = new TreeSet<>();
    List<CompletableFuture<Void>> checks = new ArrayList<>();
    for (PlannedTask task : plan.tasks()) {
      for (DataEdge edge : task.data()) {
        if (again.contains(task.component())
            && task.runsAt(state.job().party())
            && edge.source() instanceof DataEdge.TaskOutput output
            && !again.contains(output.component())) {
          state
              .latest(output.component())
              .ifPresent(
                  row ->
                      checks.add(
                          tracking
                              .outputs(row.task(), row.party())
                              .thenAccept(outputs -> note(output, outputs, missing))
                              .toCompletableFuture()));
        }
      }
    }
    return CompletableFuture.allOf(checks.toArray(CompletableFuture<?>[]::new))
        .thenRun(
            () -> {
              if (!missing.isEmpty()) {
                throw new FedflowException(
                    FailureKind.CONFLICT,
                    "job.outputs_dropped",
                    "the outputs of "
                        + String.join(", ", missing)
                        + " were dropped when the job was cleaned; run these again, too, by force");
              }
            });
  }

  private static void note(
      DataEdge.TaskOutput needed, List<OutputData> outputs, Set<String> missing) {
    boolean dropped =
        outputs.stream().anyMatch(o -> o.dataName().equals(needed.output()) && o.isDropped());
    if (dropped) {
      synchronized (missing) {
        missing.add(needed.component());
      }
    }
  }
}
