package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code role} and {@code initiator}. One instance reads one conf. */
final class PartiesReader {

  private static final Set<Role> STANDARD = Set.of(Role.GUEST, Role.HOST, Role.ARBITER, Role.LOCAL);

  private static final String ALLOWED_ID =
      "an integer >= 0, or a text of 1..50 letters, digits, '_', '-' and '.'";

  private final Problems problems;
  private final Map<Role, DocumentNode> nodes = new LinkedHashMap<>();
  private final int errorsBefore;
  private boolean complete = true;

  PartiesReader(Problems problems) {
    this.problems = problems;
    this.errorsBefore = problems.errors().size();
  }

  /** Reads {@code role}. */
  Parties parties(DocumentNode node, boolean required) {
    Map<String, DocumentNode> fields = node.fields(problems);
    if (required && fields.isEmpty() && (!node.isPresent() || node.value() instanceof Map<?, ?>)) {
      problems.error(
          node.pointer(),
          "the conf names no party",
          node.describe(),
          "an object from role to an array of party ids");
    }
    Map<Role, List<String>> byRole = new LinkedHashMap<>();
    fields.forEach(
        (name, list) -> {
          if (Role.isName(name)) {
            Role role = new Role(name);
            nodes.put(role, list);
            byRole.put(role, ids(list));
          } else {
            problems.error(
                list.pointer(),
                "illegal role name",
                '"' + name + '"',
                "1..50 lower-case letters, digits, '_' and '-'");
          }
        });
    complete = required && problems.errors().size() == errorsBefore;
    return new Parties(byRole);
  }

  /** Tells whether {@code role} was readable to the last id. */
  boolean complete() {
    return complete;
  }

  private List<String> ids(DocumentNode list) {
    Set<String> ids = new LinkedHashSet<>();
    List<DocumentNode> elements = list.elements(problems);
    if (elements.isEmpty() && (!list.isPresent() || list.value() instanceof List<?>)) {
      problems.error(
          list.pointer(),
          "a role without parties",
          list.describe(),
          "an array of at least one party id; or leave the role out");
    }
    for (DocumentNode element : elements) {
      Optional<String> id = id(element);
      if (id.isPresent() && !ids.add(id.get())) {
        problems.error(
            element.pointer(), "a role lists a party twice", element.describe(), "each id once");
      }
    }
    return List.copyOf(ids);
  }

  /** Numbers and texts name the same party: 9999 is "9999". */
  private Optional<String> id(DocumentNode node) {
    Object value = node.value();
    String text =
        value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
            ? value.toString()
            : null;
    boolean negative = value instanceof Number && text != null && text.startsWith("-");
    if (!Party.isId(text) || negative) {
      problems.error(node.pointer(), "illegal party id", node.describe(), ALLOWED_ID);
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** Reads {@code initiator}; null if unreadable or no party of the job. */
  Party initiator(DocumentNode node, Parties parties, boolean required) {
    if (!node.isPresent()) {
      if (required) {
        problems.error(
            node.pointer(), "the initiator is missing", null, "an object with role and party_id");
      }
      return null;
    }
    node.fields(problems);
    if (!(node.value() instanceof Map<?, ?>)) {
      return null;
    }
    DocumentNode idNode = node.field("party_id");
    Optional<String> name = node.field("role").requiredText(problems);
    Optional<String> id = Optional.empty();
    if (idNode.isPresent()) {
      id = id(idNode);
    } else {
      problems.error(idNode.pointer(), "missing", null, ALLOWED_ID);
    }
    if (name.isEmpty()) {
      return null;
    }
    List<String> ids = Role.isName(name.get()) ? parties.byRole().get(new Role(name.get())) : null;
    if (ids == null) {
      problems.error(
          node.field("role").pointer(),
          "the initiator's role has no parties",
          '"' + name.get() + '"',
          "a role of the job: " + parties.byRole().keySet());
      return null;
    }
    if (id.isPresent() && !ids.contains(id.get())) {
      problems.error(
          idNode.pointer(),
          "the initiator is not among the parties of its role",
          idNode.describe(),
          "one of " + KnownNames.listed(ids));
      return null;
    }
    return id.map(known -> Party.of(name.get(), known)).orElse(null);
  }

  /** Refuses roles that nothing could act on: mostly misspelt ones. */
  void checkRolesAreUsed(Parties parties, Set<String> knownRoles, Set<String> usedByConf) {
    for (Role role : parties.byRole().keySet()) {
      if (!STANDARD.contains(role)
          && !knownRoles.contains(role.name())
          && !usedByConf.contains(role.name())) {
        problems.error(
            nodes.get(role).pointer(),
            "no module supports this role and no other part of the conf uses it",
            '"' + role.name() + '"',
            "guest, host, arbiter, local, or a role that parameters are given for");
      }
    }
  }
}
