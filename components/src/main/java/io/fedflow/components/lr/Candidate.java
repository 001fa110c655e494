package io.fedflow.components.lr;

/**
 * One model of a stepwise search, as one party has it. Immutable.
 *
 * @param loss of its last iteration; NaN but at the arbiter
 * @param criterion what the search minimises; NaN but at the arbiter
 */
record Candidate(LrModel model, double loss, double criterion) {

  /** At a party that does not know losses. */
  static Candidate of(LrModel model) {
    return new Candidate(model, Double.NaN, Double.NaN);
  }
}
