package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.components.boosting.FeatureBins.Features;
import io.fedflow.federation.Federation;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the leaves of rows. The guest follows its own splits; where a row comes to a node of a
 * host, that host is asked where the row goes on, until all rows are in leaves. One object for one
 * set of rows; not thread-safe.
 */
final class GuestWalk {

  /** Rows times trees that are on their way at once. */
  private static final int MOST = 1 << 22;

  /** Numbers of one message to a host; two for every row and tree. */
  private static final int MOST_NUMBERS = 1 << 18;

  private final TaskContext context;
  private final Federation federation;
  private final List<Party> hosts;
  private final String self;
  private final List<Tree> trees;
  private final int first;
  private final Features features;
  private final int scope;
  private final int[] parts;

  /**
   * A walk that has not begun.
   *
   * @param first the number of the first of these trees: hosts have those before it, too
   * @param scope tells the walks of one task apart; equal at the hosts
   */
  GuestWalk(TaskContext context, List<Tree> trees, int first, Features features, int scope) {
    this.context = context;
    this.federation = context.federation();
    this.hosts = federation.parties(Role.HOST);
    this.self = context.self().toString();
    this.trees = trees;
    this.first = first;
    this.features = features;
    this.scope = scope;
    this.parts = new int[hosts.size()];
  }

  /** Takes the leaves of one row: {@code leaves} has one per tree, and is used again. */
  interface Leaves {
    /** Takes them. */
    void of(int row, int[] leaves);
  }

  /** Walks all rows, in order. */
  void run(int rows, Leaves taker) throws InterruptedException {
    int block = Math.max(1, MOST / Math.max(1, trees.size()));
    for (int from = 0; from < rows; from += block) {
      context.checkStopped();
      int[][] nodes = walk(from, Math.min(rows, from + block));
      for (int i = 0; i < nodes.length; i++) {
        taker.of(from + i, nodes[i]);
      }
    }
    for (int host = 0; host < hosts.size(); host++) {
      federation.send(hosts.get(host), tag(BoostMessages.AT_NODES, host), Payload.ofLongs());
    }
  }

  private int[][] walk(int from, int to) throws InterruptedException {
    int[][] nodes = new int[to - from][trees.size()];
    goOn(from, nodes);
    boolean asked = true;
    while (asked) {
      asked = false;
      for (int host = 0; host < hosts.size(); host++) {
        asked |= ask(host, from, nodes);
      }
      goOn(from, nodes);
    }
    return nodes;
  }

  private void goOn(int from, int[][] nodes) {
    for (int i = 0; i < nodes.length; i++) {
      for (int tree = 0; tree < nodes[i].length; tree++) {
        nodes[i][tree] = trees.get(tree).walk(nodes[i][tree], self, features, from + i);
      }
    }
  }

  /** Asks a host about all that wait at its nodes; whether there were any. */
  private boolean ask(int host, int from, int[][] nodes) throws InterruptedException {
    String site = hosts.get(host).toString();
    long[] asked = new long[MOST_NUMBERS];
    int count = 0;
    boolean any = false;
    for (int i = 0; i < nodes.length; i++) {
      for (int tree = 0; tree < nodes[i].length; tree++) {
        TreeNode node = trees.get(tree).nodes().get(nodes[i][tree]);
        if (!node.leaf() && node.site().equals(site)) {
          if (count == MOST_NUMBERS) {
            exchange(host, asked, count, from, nodes);
            count = 0;
          }
          any = true;
          asked[count++] = from + i;
          asked[count++] = (long) (first + tree) << Integer.SIZE | node.id();
        }
      }
    }
    if (count > 0) {
      exchange(host, asked, count, from, nodes);
    }
    return any;
  }

  private void exchange(int host, long[] asked, int count, int from, int[][] nodes)
      throws InterruptedException {
    Party to = hosts.get(host);
    federation.send(
        to, tag(BoostMessages.AT_NODES, host), Payload.ofLongs(Arrays.copyOf(asked, count)));
    long[] answer = federation.receive(to, tag(BoostMessages.NEXT_NODES, host)).asLongs();
    parts[host]++;
    if (answer.length != count / 2) {
      throw BoostMessages.malformed(to, answer.length + " nodes, expected " + count / 2);
    }
    for (int i = 0; i < answer.length; i++) {
      int row = (int) asked[2 * i] - from;
      int tree = (int) (asked[2 * i + 1] >>> Integer.SIZE) - first;
      // Children have larger numbers, so walks end.
      if (answer[i] <= nodes[row][tree] || answer[i] >= trees.get(tree).nodes().size()) {
        throw BoostMessages.malformed(to, "node " + answer[i] + " to go on from");
      }
      nodes[row][tree] = (int) answer[i];
    }
  }

  private MessageTag tag(String name, int host) {
    return MessageTag.of(name, scope, parts[host]);
  }
}
