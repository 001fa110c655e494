package io.fedflow.components.stepwise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a search stands: the columns of the moment, and which models the next step compares. Not
 * thread-safe.
 */
public final class StepSearch {

  private final StepRules rules;
  private Subset current;
  private int step;

  /**
   * A search that has not begun.
   *
   * @param host how many columns the host has; at least 1
   * @param guest how many columns the guest has; at least 1
   */
  public StepSearch(StepRules rules, int host, int guest) {
    this.rules = rules;
    this.current = Subset.uniform(host, guest, rules.direction().drops());
  }

  /** The step, counted from 0. */
  public int step() {
    return step;
  }

  /** The columns that the search has come to. */
  public Subset current() {
    return current;
  }

  /** Whether there is nothing yet to train: the first step of a search from no columns. */
  public boolean empty() {
    return current.size() == 0 && step == 0;
  }

  /**
   * What this step compares, without repeats; a model without columns is none of them. The order is
   * the same at every party.
   */
  public List<Subset> candidates() {
    Set<Subset> candidates = new LinkedHashSet<>();
    if (current.size() > 0) {
      candidates.add(current);
    }
    if (step > 0 && rules.direction().drops()) {
      candidates.addAll(current.withOneLess());
    }
    if ((step > 0 || current.size() > 0) && rules.direction().adds()) {
      candidates.addAll(current.withOneMore());
    }
    return new ArrayList<>(candidates);
  }

  /** Leaves a step that compared nothing. */
  public void begin() {
    step++;
  }

  /**
   * Goes on from the best candidate of this step.
   *
   * @return whether the search is over
   */
  public boolean advance(Subset best) {
    int before = current.size();
    boolean changed = !best.equals(current);
    current = best;
    int now = best.size();
    boolean over =
        step > 0
            && (!changed
                || best.complete()
                || now == rules.least() && before >= rules.least()
                || now == rules.most() && before <= rules.most()
                || step >= rules.steps());
    step++;
    return over;
  }
}
