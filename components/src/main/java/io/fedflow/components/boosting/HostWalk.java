package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.components.boosting.FeatureBins.Features;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.List;

/** A host's side of {@link GuestWalk}. Stateless. */
final class HostWalk {

  private HostWalk() {}

  /**
   * Answers the guest until it asks no more.
   *
   * @param features of the rows
   */
  static void answer(TaskContext context, List<Tree> trees, Features features, int scope)
      throws InterruptedException {
    Federation federation = context.federation();
    Party guest = federation.parties(Role.GUEST).get(0);
    String self = context.self().toString();
    for (int part = 0; ; part++) {
      context.checkStopped();
      long[] asked =
          federation.receive(guest, MessageTag.of(BoostMessages.AT_NODES, scope, part)).asLongs();
      if (asked.length == 0) {
        return;
      }
      if (asked.length % 2 != 0) {
        throw BoostMessages.malformed(guest, asked.length + " numbers about rows at nodes");
      }
      long[] answer = new long[asked.length / 2];
      for (int i = 0; i < answer.length; i++) {
        long row = asked[2 * i];
        long tree = asked[2 * i + 1] >>> Integer.SIZE;
        long node = asked[2 * i + 1] & 0xFFFFFFFFL;
        if (row < 0
            || row >= features.rows()
            || tree >= trees.size()
            || node >= trees.get((int) tree).nodes().size()
            || trees.get((int) tree).nodes().get((int) node).split() == null) {
          throw BoostMessages.malformed(guest, "a row at a node that is not this host's");
        }
        answer[i] = trees.get((int) tree).walk((int) node, self, features, (int) row);
      }
      federation.send(
          guest, MessageTag.of(BoostMessages.NEXT_NODES, scope, part), Payload.ofLongs(answer));
    }
  }
}
