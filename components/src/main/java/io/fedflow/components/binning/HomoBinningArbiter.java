package io.fedflow.components.binning;

import io.fedflow.component.TaskContext;
import io.fedflow.components.aggregation.SumArbiter;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.List;

/** The arbiter's part: adds ranks, and joins bounds and categories. */
record HomoBinningArbiter(TaskContext context) {

  private static final long MOST_SUMS = 100_000_000;
  private static final long MOST_CATEGORIES = 100_000;

  void run() throws InterruptedException {
    int asked = 0;
    long[] plan = wanted(asked++);
    int categories = plan.length > 1 ? (int) plan[1] : 0;
    if (categories > 0) {
      CommonCategories.join(context, clients(), categories);
    }
    int count = (int) plan[0];
    if (count == 0) {
      return;
    }
    SumArbiter sums = new SumArbiter(context, CommonRanks.MAGNITUDE_BITS);
    sums.sum(count);
    joinBounds();
    for (count = (int) wanted(asked++)[0]; count > 0; count = (int) wanted(asked++)[0]) {
      context.checkStopped();
      sums.sum(count);
    }
  }

  /** How many sums the guest wants next, 0 for no more; at first also how many categories. */
  private long[] wanted(int number) throws InterruptedException {
    Party guest = context.federation().parties(Role.GUEST).get(0);
    long[] answer =
        context.federation().receive(guest, MessageTag.of(CommonRanks.MORE, number)).asLongs();
    if (answer.length == 0
        || answer[0] < 0
        || answer[0] > MOST_SUMS
        || answer.length > 1 && (answer[1] < 0 || answer[1] > MOST_CATEGORIES)) {
      throw FedflowException.peer("binning.message", guest + " did not say what is to be done");
    }
    return answer;
  }

  private List<Party> clients() {
    List<Party> clients = new ArrayList<>(context.federation().parties(Role.GUEST));
    clients.addAll(context.federation().parties(Role.HOST));
    return clients;
  }

  private void joinBounds() throws InterruptedException {
    List<Party> clients = clients();
    double[] joined = null;
    for (Party client : clients) {
      double[] bounds = context.federation().receive(client, CommonRanks.BOUNDS).asDoubles();
      joined = joined == null ? bounds : joined;
      if (bounds.length != joined.length || bounds.length % 2 != 0) {
        throw FedflowException.peer("binning.message", client + " sent bounds of other columns");
      }
      OuterBounds.requireOrdered(bounds, client, false);
      for (int i = 0; i < bounds.length; i += 2) {
        joined[i] = Math.min(joined[i], bounds[i]);
        joined[i + 1] = Math.max(joined[i + 1], bounds[i + 1]);
      }
    }
    context.federation().sendAll(clients, CommonRanks.COMMON_BOUNDS, Payload.ofDoubles(joined));
  }
}
