package io.fedflow.components.lr;

import io.fedflow.component.Params;
import io.fedflow.components.linear.LearningRate;
import io.fedflow.components.linear.Penalty;

/** Readings of the parameters that several parties need. Stateless. */
final class LrSettings {

  private LrSettings() {}

  static LearningRate learningRate(Params params) {
    return new LearningRate(
        params.number("learning_rate"), params.number("decay"), params.bool("decay_sqrt"));
  }

  static Penalty penalty(Params params) {
    return new Penalty(
        Penalty.Kind.named(params.text("penalty")),
        params.number("alpha"),
        params.number("learning_rate"));
  }

  /** Bits behind the point of features; null for as many as there are. */
  static Integer precision(Params params) {
    return params.isNull("floating_point_precision")
        ? null
        : Integer.valueOf(params.integer("floating_point_precision"));
  }
}
