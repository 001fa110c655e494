package io.fedflow.components.boosting;

import io.fedflow.component.Params;
import io.fedflow.party.Party;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whose columns may split which levels of the trees of one round. Immutable.
 *
 * @param hosts positions of the hosts that take part; empty for trees of the guest alone
 * @param hostLevels of how many levels, from the root, their columns may split nodes
 * @param guestFrom from which level on the guest's columns may
 * @param depth most levels
 * @param plan as FATE writes it; empty where all parties split all levels
 */
record TreeTurn(List<Integer> hosts, int hostLevels, int guestFrom, int depth, String plan) {

  /** FATE's form of "no host". */
  private static final String NOBODY = "_-1";

  private static final String GUEST_ALONE = "0";
  private static final String HOST_ALONE = "1_";
  private static final String BY_LEVELS = "3";

  TreeTurn {
    hosts = List.copyOf(hosts);
  }

  /** The turn of a round, counted from 0. */
  static TreeTurn of(Params params, BoostSettings settings, List<Party> hosts, int round) {
    String strategy = BoostSettings.strategy(params);
    boolean layered = strategy.equals(BoostParameters.LAYERED);
    int hostLevels = layered ? params.integer("host_depth") : settings.depth();
    int depth =
        layered ? Math.addExact(hostLevels, params.integer("guest_depth")) : settings.depth();
    boolean standard = strategy.equals(BoostParameters.STANDARD);
    if (round < settings.secureTrees()) {
      return alone(depth, standard);
    }
    List<Integer> all = IntStream.range(0, hosts.size()).boxed().toList();
    if (standard) {
      return new TreeTurn(all, depth, 0, depth, "");
    }
    if (layered) {
      return new TreeTurn(all, hostLevels, hostLevels, depth, BY_LEVELS + NOBODY);
    }
    int party = round / params.integer("tree_num_per_party") % (hosts.size() + 1);
    return party == 0
        ? alone(depth, false)
        : new TreeTurn(
            List.of(party - 1), depth, depth, depth, HOST_ALONE + hosts.get(party - 1).id());
  }

  private static TreeTurn alone(int depth, boolean standard) {
    return new TreeTurn(List.of(), 0, 0, depth, standard ? "" : GUEST_ALONE + NOBODY);
  }

  /** Whether hosts may split a level. */
  boolean hostsAt(int level) {
    return level < hostLevels;
  }

  /** Whether the guest may split a level. */
  boolean guestAt(int level) {
    return level >= guestFrom;
  }
}
