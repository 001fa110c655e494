package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which parties take the roles of a suite's jobs. Immutable.
 *
 * @param ids roles to party ids; empty to leave confs as they are
 */
record SuiteParties(Map<String, List<String>> ids) {

  private static final List<String> ROLES = List.of("guest", "host", "arbiter");

  /** Copies the map. */
  SuiteParties {
    ids = Map.copyOf(ids);
  }

  /**
   * Reads {@code host=10000,9998}.
   *
   * @throws FedflowException {@code suite.parties}
   */
  static SuiteParties of(Map<String, String> options) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    options.forEach(
        (role, list) -> {
          if (!ROLES.contains(role)) {
            throw FedflowException.invalid(
                "suite.parties", "--party: found the role " + role + ", allowed " + ROLES);
          }
          ids.put(role, Stream.of(list.split(",")).map(Party::requireId).toList());
        });
    return new SuiteParties(ids);
  }

  boolean none() {
    return ids.isEmpty();
  }

  /**
   * The first of a role in place of the conf's own.
   *
   * @throws FedflowException {@code suite.parties} if the conf has more than there are
   */
  Object first(String role, int count, Object own) {
    List<String> named = ids.get(role);
    if (named == null) {
      return own;
    }
    if (named.size() < count) {
      throw FedflowException.invalid(
          "suite.parties",
          "--party " + role + ": found " + named.size() + ", the job has " + count + " of them");
    }
    return List.copyOf(named.subList(0, count));
  }

  /** The party of {@code guest_0}; empty if it is not known. */
  String at(String role) {
    int line = role.lastIndexOf('_');
    List<String> named =
        line < 0 ? List.of() : ids.getOrDefault(role.substring(0, line), List.of());
    if (named.isEmpty() || !role.substring(line + 1).matches("\\d{1,4}")) {
      return "";
    }
    int index = Integer.parseInt(role.substring(line + 1));
    return index < named.size() ? named.get(index) : "";
  }
}
