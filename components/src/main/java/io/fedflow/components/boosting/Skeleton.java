package io.fedflow.components.boosting;

import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The form of a tree that all parties may know: who splits which node. Children follow from it,
 * since every split takes the next two numbers. Stateless.
 */
final class Skeleton {

  private static final int LEAF = 0;
  private static final int GUEST = 1;
  private static final int FIRST_HOST = 2;

  private Skeleton() {}

  /** The message form: per node 0 for a leaf, 1 for the guest, 2 for the first host and so on. */
  static Payload encode(Tree tree, String guest, List<String> hosts) {
    long[] fields = new long[tree.nodes().size()];
    for (int id = 0; id < fields.length; id++) {
      TreeNode node = tree.nodes().get(id);
      fields[id] =
          node.leaf()
              ? LEAF
              : node.site().equals(guest) ? GUEST : FIRST_HOST + hosts.indexOf(node.site());
    }
    return Payload.ofLongs(fields);
  }

  /**
   * A tree as a host knows it.
   *
   * @param self the host's position
   * @param splits its own splits by node
   * @throws io.fedflow.failure.FedflowException {@code boost.message} (PEER) if the message is no
   *     tree, or disagrees with the own splits
   */
  static Tree decode(
      Party guest,
      Payload payload,
      List<Party> hosts,
      int self,
      Map<Integer, TreeNode.Split> splits) {
    long[] fields = payload.asLongs();
    List<TreeNode> nodes = new ArrayList<>();
    int next = 1;
    int own = 0;
    for (int id = 0; id < fields.length; id++) {
      long owner = fields[id];
      if (owner < LEAF || owner >= FIRST_HOST + hosts.size() || id >= next) {
        throw BoostMessages.malformed(guest, "a node of owner " + owner + " in a tree");
      }
      if (owner == LEAF) {
        nodes.add(TreeNode.leaf(id, guest.toString(), 0, 0));
        continue;
      }
      boolean mine = owner == FIRST_HOST + self;
      own += mine ? 1 : 0;
      if (mine != splits.containsKey(id)) {
        throw BoostMessages.malformed(guest, "a tree with other splits of this host's columns");
      }
      String site =
          owner == GUEST ? guest.toString() : hosts.get((int) owner - FIRST_HOST).toString();
      nodes.add(new TreeNode(id, site, splits.get(id), 0, next, next + 1, 0));
      next += 2;
    }
    if (fields.length == 0 || next != fields.length || own != splits.size()) {
      throw BoostMessages.malformed(guest, "a tree of " + fields.length + " nodes");
    }
    return new Tree(nodes);
  }
}
