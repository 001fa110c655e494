package io.fedflow.benchmarks.crypto;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the original does in a second of processor time.
 *
 * @param about which Python and which number library it ran on
 * @param rates operations a second by name; empty if nothing was measured
 */
record OriginalRates(String about, Map<String, Double> rates) {

  /** Nothing measured. */
  static final OriginalRates NONE = new OriginalRates("", Map.of());

  OriginalRates {
    rates = Map.copyOf(rates);
  }

  /** The rate of an operation; empty if it was not measured. */
  OptionalDouble rate(String operation) {
    Double rate = rates.get(operation);
    return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
  }
}
