package io.fedflow.components.selection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one filter did at one party, or what the guest knows of it at a host. Immutable.
 *
 * @param before the columns it saw, in order
 * @param left the columns it left, in order; a part of {@code before}
 * @param values what it judged by; empty where unknown
 */
record StepResult(List<String> before, List<String> left, Map<String, Double> values) {

  StepResult {
    before = List.copyOf(before);
    left = List.copyOf(left);
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
