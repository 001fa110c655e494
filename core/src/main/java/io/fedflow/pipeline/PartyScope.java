package io.fedflow.pipeline;

import io.fedflow.party.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Some parties of a role.
 *
 * @param role the role
 * @param ids party ids; empty for all of the role
 */
record PartyScope(Role role, List<String> ids) {

  PartyScope {
    ids = List.copyOf(ids);
  }

  /**
   * The key of the conf's role sections: {@code "0"}, {@code "0|1"} or {@code "all"}.
   *
   * @throws IllegalStateException if a party was not added
   */
  String key(Map<Role, List<String>> parties) {
    if (ids.isEmpty()) {
      return "all";
    }
    return ids.stream().map(id -> position(parties, id)).collect(Collectors.joining("|"));
  }

  private String position(Map<Role, List<String>> parties, String id) {
    int position = parties.getOrDefault(role, List.of()).indexOf(id);
    if (position < 0) {
      throw new IllegalStateException(role + ":" + id + " has parameters but was not added");
    }
    return Integer.toString(position);
  }
}
