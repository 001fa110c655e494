package io.fedflow.storage.postgres;

import io.fedflow.storage.sql.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the steps of many changes into few batches, one per statement.
 *
 * <p>Steps of one statement keep their order. Changes that delete nothing may mix: their inserts
 * come before their updates, and rows only ever go from one revision to the next, so no other order
 * could have another result. A change that deletes stays apart, in its place.
 */
final class Batches {

  private final List<Batch> batches = new ArrayList<>();
  private final Map<String, Batch> inserts = new LinkedHashMap<>();
  private final Map<String, Batch> updates = new LinkedHashMap<>();

  private Batches() {}

  static List<Batch> of(List<? extends PendingChange<?>> changes) {
    Batches all = new Batches();
    changes.forEach(all::add);
    all.endRun();
    return all.batches;
  }

  private void add(PendingChange<?> change) {
    if (change.steps().stream().anyMatch(Step::deletes)) {
      endRun();
      for (Step step : change.steps()) {
        batches.add(new Batch(step.sql(), List.of(new Entry(change, step))));
      }
      return;
    }
    for (Step step : change.steps()) {
      Map<String, Batch> kind = step.inserts() ? inserts : updates;
      kind.computeIfAbsent(step.sql(), sql -> new Batch(sql, new ArrayList<>()))
          .entries()
          .add(new Entry(change, step));
    }
  }

  private void endRun() {
    batches.addAll(inserts.values());
    batches.addAll(updates.values());
    inserts.clear();
    updates.clear();
  }

  /**
   * Steps of one statement.
   *
   * @param sql the statement
   * @param entries whose steps, in order; at least one
   */
  record Batch(String sql, List<Entry> entries) {}

  /**
   * A step and the change that it is of.
   *
   * @param change waits for the answer
   * @param step one of its steps
   */
  record Entry(PendingChange<?> change, Step step) {}
}
