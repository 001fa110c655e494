package io.fedflow.components.stability;

import io.fedflow.model.ComponentModel;
import java.util.Map;

/** What other components read of a stored stability model. Stateless. */
public final class StabilityScores {

  private StabilityScores() {}

  /** Column to stability index; a low one is a stable column. */
  public static Map<String, Double> of(ComponentModel stored) {
    return stored.param().map("total_score");
  }
}
