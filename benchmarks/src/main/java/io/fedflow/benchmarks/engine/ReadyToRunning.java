package io.fedflow.benchmarks.engine;

import io.fedflow.job.CoordinationRow;
import io.fedflow.job.TaskRow;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.StoreTurn;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * How long a task takes from ready (the turn that made its last input good is stored) to running
 * (the turn in which a party runs it is stored). Thread-safe.
 */
final class ReadyToRunning implements Consumer<StoreTurn> {

  private record Part(String jobId, String component, Party party) {}

  private final Map<Part, Long> ready = new ConcurrentHashMap<>();
  private final Latencies latencies;

  ReadyToRunning(Latencies latencies) {
    this.latencies = latencies;
  }

  @Override
  public void accept(StoreTurn turn) {
    long now = System.nanoTime();
    turn.coordination().ifPresent(row -> note(row, now));
    for (TaskRow row : turn.tasks()) {
      if (row.partyStatus() == TaskStatus.RUNNING) {
        Long since = ready.remove(new Part(turn.jobId(), row.task().component(), row.party()));
        if (since != null) {
          latencies.add(now - since);
        }
      }
    }
  }

  /** The turn that stores a task as started is the one that found it ready. */
  private void note(CoordinationRow row, long now) {
    for (CoordinationRow.HeldTask held : row.tasks()) {
      if (held.status() == TaskStatus.RUNNING) {
        held.atParties()
            .forEach(
                (party, status) ->
                    ready.putIfAbsent(new Part(row.jobId(), held.component(), party), now));
      }
    }
  }
}
