package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * One {@code role.<role>.<key>} section of a version 2 conf.
 *
 * @param parties the parties it is for, at least one
 * @param node what it says about them
 */
record RoleSection(List<Party> parties, DocumentNode node) {

  /**
   * The sections in file order. Those that name no party of the job are left out with a warning:
   * FATE tolerates them, and its own toy job has one.
   */
  static List<RoleSection> read(DocumentNode byRole, Parties parties, Problems problems) {
    List<RoleSection> sections = new ArrayList<>();
    byRole
        .fields(problems)
        .forEach(
            (name, role) -> {
              List<Party> members = Role.isName(name) ? parties.of(new Role(name)) : List.of();
              if (members.isEmpty()) {
                problems.warning(
                    role.pointer(),
                    "the job has no party in this role; not read",
                    name,
                    "a role of the job: " + parties.byRole().keySet());
              } else {
                read(role, members, sections, problems);
              }
            });
    return sections;
  }

  private static void read(
      DocumentNode role, List<Party> members, List<RoleSection> sections, Problems problems) {
    role.fields(problems)
        .forEach(
            (key, node) -> {
              List<Party> named =
                  RoleIndexKey.positions(key, members.size()).stream().map(members::get).toList();
              if (named.isEmpty()) {
                problems.warning(
                    node.pointer(),
                    "matches no party of the role; not read",
                    key,
                    "positions 0.." + (members.size() - 1) + " joined by '|', or all");
              } else {
                sections.add(new RoleSection(named, node));
              }
            });
  }
}
