package io.fedflow.components.aggregation;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.aggregation.MaskedSum;
import io.fedflow.components.crypto.aggregation.SumScale;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.List;

/** The arbiter, which opens sums and tells them. One object for one task; not thread-safe. */
public final class SumArbiter {

  private final TaskContext context;
  private final List<Party> members;
  private final SumScale scale;
  private int round;

  /**
   * Sums of all guests and hosts of a task.
   *
   * @param magnitudeBits as the members say
   */
  public SumArbiter(TaskContext context, int magnitudeBits) {
    this.context = context;
    this.members = SumMember.members(context);
    this.scale = SumScale.of(members.size(), magnitudeBits);
  }

  /**
   * Opens the next sum and tells it to all members.
   *
   * @param count how many values it has
   * @throws io.fedflow.components.crypto.CryptoException {@code crypto.malformed} or {@code
   *     crypto.wrong-key} (PEER) if the parts do not fit each other
   * @throws InterruptedException if the task was stopped meanwhile
   */
  public double[] sum(int count) throws InterruptedException {
    MaskedSum sum = new MaskedSum(scale, count, round);
    MessageTag tag = MessageTag.of(SumMessages.PART, round);
    for (Party member : members) {
      sum.add(
          member.toString(), context.federation().receive(member, tag).as(Payload.Format.BYTES));
    }
    double[] sums = sum.open();
    context
        .federation()
        .sendAll(members, MessageTag.of(SumMessages.SUM, round), Payload.ofDoubles(sums));
    round++;
    return sums;
  }
}
