package io.fedflow.components.homolr;

import io.fedflow.component.TaskContext;
import io.fedflow.components.aggregation.SumMember;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.party.Party;
import java.util.Arrays;

/** How a guest or host gets the mean of all parties' weights. One object for one task. */
final class Means {

  private final TaskContext context;
  private final Party arbiter;
  private final SumMember sums;
  private final double share;

  /**
   * Agrees on masks, and hears how many rows all parties have together.
   *
   * @param rows how many this party has
   */
  Means(TaskContext context, Party arbiter, int rows) throws InterruptedException {
    this.context = context;
    this.arbiter = arbiter;
    this.sums = SumMember.join(context, HomoLrMessages.MAGNITUDE_BITS);
    this.share = rows / sums.sum(new double[] {rows})[0];
  }

  /**
   * Moves a training to the mean, in which this party counts by its share of rows.
   *
   * @param loss of the last epoch
   * @param k which class is trained
   * @param epoch how many were run
   * @return whether the training ends
   */
  boolean join(LocalTraining training, double loss, int k, int epoch) throws InterruptedException {
    double[] own = training.weights().joined();
    double[] parts = Arrays.copyOf(own, own.length + 1);
    parts[own.length] = loss;
    for (int i = 0; i < parts.length; i++) {
      parts[i] *= share;
    }
    training.moveTo(Arrays.copyOf(sums.sum(parts), own.length));
    long[] stop =
        context
            .federation()
            .receive(arbiter, MessageTag.of(HomoLrMessages.STOP, k, epoch))
            .asLongs();
    if (stop.length != 1 || stop[0] < 0 || stop[0] > 1) {
      throw FedflowException.peer(
          "homo.message", arbiter + " sent " + Arrays.toString(stop) + ", expected 0 or 1");
    }
    return stop[0] == 1;
  }
}
