package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables that a version 1 conf binds to {@code args.<key>} references: {@code
 * role_parameters.<role>.args.data.<key>}, one table per party of the role.
 */
final class StoredTables {

  private final DocumentNode byRole;
  private final Map<String, Map<Party, TableRef>> tables = new LinkedHashMap<>();
  private final Map<String, Map<Role, DocumentNode>> lists = new LinkedHashMap<>();
  private final Set<String> bound = new LinkedHashSet<>();

  private StoredTables(DocumentNode byRole) {
    this.byRole = byRole;
  }

  /** No tables: version 2 names them as parameters of {@code Reader}. */
  static StoredTables none() {
    return new StoredTables(new DocumentNode(JsonPointer.of("conf/role_parameters"), null));
  }

  static StoredTables read(DocumentNode byRole, Parties parties, Problems problems) {
    StoredTables stored = new StoredTables(byRole);
    for (Role role : parties.byRole().keySet()) {
      stored.readRole(role, parties.of(role), problems);
    }
    return stored;
  }

  private void readRole(Role role, List<Party> members, Problems problems) {
    DocumentNode args = byRole.field(role.name()).field("args");
    args.fields(problems)
        .forEach(
            (key, field) -> {
              if (!key.equals("data")) {
                problems.warning(field.pointer(), "not read", key, "data");
              }
            });
    args.field("data")
        .fields(problems)
        .forEach(
            (key, list) -> {
              lists.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(role, list);
              readTables(key, list, members, problems);
            });
  }

  private void readTables(String key, DocumentNode list, List<Party> members, Problems problems) {
    if (!list.isPresent()) {
      list.wrongType("an array of tables", problems);
      return;
    }
    List<DocumentNode> elements = list.elements(problems);
    if (list.value() instanceof List<?> && elements.size() != members.size()) {
      problems.error(
          list.pointer(),
          "wrong number of tables",
          list.describe(),
          "an array of "
              + members.size()
              + ", one table for each of "
              + KnownNames.listed(members));
    }
    for (int i = 0; i < elements.size(); i++) {
      Optional<TableRef> table = table(elements.get(i), problems);
      if (table.isPresent() && i < members.size()) {
        tables.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(members.get(i), table.get());
      }
    }
  }

  private static Optional<TableRef> table(DocumentNode node, Problems problems) {
    if (!(node.value() instanceof Map<?, ?>)) {
      problems.error(
          node.pointer(),
          "not a table",
          node.describe(),
          "one object with name and namespace for each party");
      return Optional.empty();
    }
    node.fields(problems)
        .forEach(
            (key, field) -> {
              if (!key.equals("name") && !key.equals("namespace")) {
                problems.warning(field.pointer(), "not read", key, "name and namespace");
              }
            });
    Optional<String> name = node.field("name").requiredText(problems);
    Optional<String> namespace = node.field("namespace").requiredText(problems);
    return name.isPresent() && namespace.isPresent()
        ? Optional.of(new TableRef(namespace.get(), name.get()))
        : Optional.empty();
  }

  /**
   * The tables behind a reference, and a problem for each role that runs the task and owns data but
   * lists none.
   *
   * @param reference an {@code args.<key>} reference
   * @param runners the parties that run the task
   */
  DataEdge.StoredTable bind(Reference reference, List<Party> runners, Problems problems) {
    String key = reference.output();
    bound.add(key);
    Map<Role, DocumentNode> listed = lists.getOrDefault(key, Map.of());
    Set<Role> missing = new LinkedHashSet<>();
    for (Party party : runners) {
      // An arbiter or a custom role may take part without any data of its own.
      boolean ownsData = party.role().equals(Role.GUEST) || party.role().equals(Role.HOST);
      if (!listed.containsKey(party.role()) && ownsData) {
        missing.add(party.role());
      }
    }
    if (listed.isEmpty() && missing.isEmpty()) {
      problems.error(
          reference.node().pointer(),
          "no role lists a table for this key",
          reference.node().describe(),
          "one of "
              + KnownNames.listed(lists.keySet())
              + ", or tables under "
              + byRole.pointer()
              + "/<role>/args/data");
    }
    for (Role role : missing) {
      problems.error(
          home(role, key),
          "the parties of this role have no table for " + reference.node().pointer(),
          null,
          "an array with name and namespace for each party");
    }
    Map<Party, TableRef> here = new HashMap<>(tables.getOrDefault(key, Map.of()));
    here.keySet().retainAll(Set.copyOf(runners));
    return new DataEdge.StoredTable(key, here);
  }

  private String home(Role role, String key) {
    return byRole.field(role.name()).field("args").field("data").field(key).pointer();
  }

  /** Warns about tables that no component reads. */
  void warnUnused(Problems problems) {
    lists.forEach(
        (key, roles) -> {
          if (!bound.contains(key)) {
            roles
                .values()
                .forEach(
                    list ->
                        problems.warning(
                            list.pointer(),
                            "no component reads this table",
                            "args." + key,
                            "a reference in the DSL"));
          }
        });
  }
}
