package io.fedflow.dsl;

import io.fedflow.component.ComponentDescriptor;
import io.fedflow.failure.Problems;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules on who must and who must not take part, given the modules of a job. */
final class RoleRules {

  /** Their arbiter holds the private key: at a guest it would open what hosts encrypted. */
  private static final Set<String> KEEP_ARBITER_APART =
      Set.of("HeteroLR", "HeteroLinR", "HeteroPoisson");

  private final Parties parties;
  private final boolean predict;
  private final Problems problems;

  RoleRules(Parties parties, boolean predict, Problems problems) {
    this.parties = parties;
    this.predict = predict;
    this.problems = problems;
  }

  /** The parties that run a component; a problem if there is none, or one that others wait for. */
  void check(DslComponent component, ComponentDescriptor descriptor, List<Party> runners) {
    if (runners.isEmpty()) {
      problems.error(
          component.node().field("module").pointer(),
          "no party of the job runs this module",
          parties.byRole().keySet(),
          "a party in one of " + descriptor.roles().stream().sorted().toList());
    } else if (trains(component) && ids(Role.ARBITER).isEmpty() && waitsForArbiter(descriptor)) {
      problems.error(
          "conf/role/arbiter",
          "the module " + descriptor.module() + " of " + component.name() + " needs an arbiter",
          null,
          "an array with the party id of an arbiter");
    }
  }

  /** A trained model is applied without an arbiter. */
  private boolean trains(DslComponent component) {
    return !predict && (component.models().isEmpty() || component.hasData("train_data"));
  }

  private static boolean waitsForArbiter(ComponentDescriptor descriptor) {
    return descriptor.messages().stream().anyMatch(m -> m.from().equals(Set.of(Role.ARBITER)));
  }

  /** Only a job whose parties are all one organisation may share guest and arbiter. */
  void checkArbiterApart(Modules modules) {
    List<String> hosts = ids(Role.HOST);
    List<String> shared = new ArrayList<>(ids(Role.GUEST));
    shared.retainAll(ids(Role.ARBITER));
    if (!modules.anyOf(KEEP_ARBITER_APART) || hosts.isEmpty() || shared.isEmpty()) {
      return;
    }
    if (!hosts.containsAll(shared) || shared.size() != hosts.size()) {
      problems.error(
          "conf/role/arbiter",
          "a party is guest and arbiter, and could decrypt what hosts send",
          shared,
          "other arbiters than "
              + KnownNames.listed(shared)
              + "; or only this party as host, for trials");
    }
  }

  private List<String> ids(Role role) {
    return parties.byRole().getOrDefault(role, List.of());
  }
}
