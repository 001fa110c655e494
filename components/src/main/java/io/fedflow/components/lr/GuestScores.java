package io.fedflow.components.lr;

import io.fedflow.component.TaskContext;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.linear.LinearWeights;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;

/** The guest's predictions: its own scores and what every host sends for the same rows. */
final class GuestScores {

  private final TaskContext context;
  private final Family family;

  GuestScores(TaskContext context, Family family) {
    this.context = context;
    this.family = family;
  }

  /**
   * Predicts.
   *
   * @param aligned rows in the order agreed on
   * @param tag which message of each host holds its scores
   * @param type {@code train}, {@code validate} or {@code predict}
   * @throws io.fedflow.failure.FedflowException {@code lr.message} (PEER) if a host sends scores of
   *     other rows
   */
  Table predict(LinearWeights weights, Table aligned, MessageTag tag, String type)
      throws InterruptedException {
    Scored scored = score(weights, aligned, tag, type);
    return family.predictions(aligned, scored.scores(), context.params(), type);
  }

  /** The scores alone; as {@link #predict}. */
  Scored score(LinearWeights weights, Table aligned, MessageTag tag, String type)
      throws InterruptedException {
    double[] offsets = family.offsets(aligned);
    double[] scores =
        weights.scores(FeatureCheck.of(aligned), LrInputs.allRows(aligned.rowCount()));
    for (Party host : context.federation().parties(Role.HOST)) {
      double[] part = context.federation().receive(host, tag).asFiniteDoubles();
      LrInputs.requireLength(host, part, scores.length);
      for (int i = 0; i < scores.length; i++) {
        scores[i] += part[i];
      }
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] += offsets[i];
    }
    return new Scored(aligned, scores, type);
  }
}
