package io.fedflow.party;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parties of one job, in the order of its runtime conf: the position inside a role is the
 * <em>role index</em> that confs refer to. Immutable.
 *
 * @param byRole role to party ids, both in conf order; ids are unique inside a role
 */
public record Parties(Map<Role, List<String>> byRole) {

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if a role lists one id twice
   */
  public Parties {
    Map<Role, List<String>> copy = new LinkedHashMap<>();
    byRole.forEach(
        (role, ids) -> {
          if (ids.stream().distinct().count() != ids.size()) {
            throw new IllegalArgumentException("role " + role + " lists a party id twice: " + ids);
          }
          copy.put(role, List.copyOf(ids));
        });
    byRole = java.util.Collections.unmodifiableMap(copy);
  }

  /** All parties, role by role, in conf order. */
  public List<Party> all() {
    List<Party> all = new ArrayList<>();
    byRole.forEach((role, ids) -> ids.forEach(id -> all.add(new Party(role, id))));
    return all;
  }

  /** The parties of one role in conf order; empty if the job has none. */
  public List<Party> of(Role role) {
    return byRole.getOrDefault(role, List.of()).stream().map(id -> new Party(role, id)).toList();
  }

  /** The first party of a role. */
  public Optional<Party> first(Role role) {
    return of(role).stream().findFirst();
  }

  /** The position of a party inside its role, or -1 if it takes no part. */
  public int indexOf(Party party) {
    return byRole.getOrDefault(party.role(), List.of()).indexOf(party.id());
  }

  /** Tells whether a party takes part. */
  public boolean contains(Party party) {
    return indexOf(party) >= 0;
  }

  /** Only the parties whose role is among {@code roles}, same order. */
  public Parties restrictedTo(java.util.Collection<Role> roles) {
    Map<Role, List<String>> kept = new LinkedHashMap<>();
    byRole.forEach(
        (role, ids) -> {
          if (roles.contains(role)) {
            kept.put(role, ids);
          }
        });
    return new Parties(kept);
  }
}
