package io.fedflow.components.validation;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a party keeps of the iterations that were best by a metric, and when it ends. Follows the
 * counters of {@link GainCounter}. Not thread-safe.
 *
 * @param <S> what is kept of an iteration
 */
public final class BestSoFar<S> {

  /**
   * What is kept of an iteration.
   *
   * @param iteration counted from 0
   */
  public record Kept<S>(int iteration, S state) {}

  private final int rounds;
  private final long[] expected;
  private final List<Kept<S>> best;
  private Kept<S> chosen;

  /**
   * Nothing is kept yet.
   *
   * @param metrics how many are counted
   * @param rounds validations without a gain of one metric that end the training; above 0
   */
  public BestSoFar(int metrics, int rounds) {
    this.rounds = rounds;
    this.expected = new long[metrics];
    this.best = new ArrayList<>(Collections.nCopies(metrics, null));
  }

  /**
   * Follows one validation.
   *
   * @param from who counted
   * @param withoutGain per metric, the validations since the last gain
   * @return whether the training ends: then {@link #chosen} is the best iteration of the first
   *     metric that gained nothing for long enough
   * @throws FedflowException {@code validation.message} (PEER) if the counters cannot follow the
   *     last ones
   */
  public boolean update(Party from, long[] withoutGain, int iteration, S state) {
    if (withoutGain.length != expected.length) {
      throw malformed(from, withoutGain.length + " counters, expected " + expected.length);
    }
    for (int metric = 0; metric < expected.length; metric++) {
      if (withoutGain[metric] != 0 && withoutGain[metric] != expected[metric]) {
        throw malformed(
            from, "counter " + withoutGain[metric] + ", expected 0 or " + expected[metric]);
      }
      expected[metric] = withoutGain[metric] + 1;
      if (withoutGain[metric] == 0) {
        best.set(metric, new Kept<>(iteration, state));
      }
    }
    // As long as nothing ends the training, the first metric chooses.
    chosen = best.get(0);
    for (int metric = 0; metric < withoutGain.length; metric++) {
      if (withoutGain[metric] >= rounds) {
        chosen = best.get(metric);
        return true;
      }
    }
    return false;
  }

  /** The iteration that the training goes back to; none before the first validation. */
  public Optional<Kept<S>> chosen() {
    return Optional.ofNullable(chosen);
  }

  private static FedflowException malformed(Party from, String found) {
    return FedflowException.peer("validation.message", from + " sent " + found);
  }
}
