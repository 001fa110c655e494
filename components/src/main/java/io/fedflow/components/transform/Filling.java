package io.fedflow.components.transform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link FillRule} learned and did. Immutable.
 *
 * @param replacements feature to the text that replaces; empty if the rule is not active
 * @param ratios feature to the share of its cells that were replaced, 0..1
 */
record Filling(Map<String, String> replacements, Map<String, Double> ratios) {

  /** Nothing learned, nothing replaced. */
  static final Filling NONE = new Filling(Map.of(), Map.of());

  Filling {
    replacements = Collections.unmodifiableMap(new LinkedHashMap<>(replacements));
    ratios = Collections.unmodifiableMap(new LinkedHashMap<>(ratios));
  }
}
