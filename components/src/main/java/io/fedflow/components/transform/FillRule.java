package io.fedflow.components.transform;

import io.fedflow.failure.FedflowException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How texts that stand for missing values, or for outliers, are replaced. Immutable.
 *
 * @param name the parameter that switches it on, for messages
 * @param enabled whether the conf switched it on
 * @param method how the replacement is found; empty replaces nothing even if enabled, as FATE does
 *     since 1.11
 * @param listed the texts to replace that the conf names, compared exactly; empty stands for {@link
 *     #DEFAULT_TEXTS}
 * @param designated one replacement for all columns, or one per feature; empty for other methods
 */
record FillRule(
    String name,
    boolean enabled,
    Optional<FillMethod> method,
    List<String> listed,
    List<String> designated) {

  /** The texts that are replaced when a conf names none. */
  static final Set<String> DEFAULT_TEXTS = Set.of("", "none", "null", "na", "None", "NaN");

  FillRule {
    listed = List.copyOf(listed);
    designated = List.copyOf(designated);
  }

  /** The texts to replace. */
  Set<String> texts() {
    return listed.isEmpty() ? DEFAULT_TEXTS : Set.copyOf(listed);
  }

  /** Tells whether any cell can be replaced. */
  boolean active() {
    return enabled && method.isPresent();
  }

  /**
   * The designated replacement of a feature.
   *
   * @throws FedflowException {@code transform.fill} (INVALID) if there is one value per feature,
   *     but not as many as features
   */
  String designatedAt(int feature, int features) {
    if (designated.size() == 1) {
      return designated.get(0);
    }
    if (designated.size() != features) {
      throw FedflowException.invalid(
          "transform.fill",
          name
              + ": found "
              + designated.size()
              + " designated values, allowed one, or one for each of the "
              + features
              + " features");
    }
    return designated.get(feature);
  }
}
