package io.fedflow.model;

import io.fedflow.dsl.ModelIds;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the version of a model in which other parties take the places of those that trained, for
 * organisations whose ids changed or that hand a model on. What the model learned stays; ids in its
 * documents and in the anonymous names of columns, {@code host_10000_x0}, are replaced. Immutable.
 */
public final class ModelMigration {

  private final PipelineModel old;
  private final String version;
  private final Parties parties;
  private final Party initiator;
  private final Map<Party, Party> successors = new HashMap<>();

  /**
   * A migration of one party's part.
   *
   * @param old the part
   * @param version the new version
   * @param parties the new parties; as many in every role as before, in the same order
   * @param initiator the new initiator
   * @throws FedflowException {@code model.migration} if the parties do not fit, or are the same
   */
  public ModelMigration(PipelineModel old, String version, Parties parties, Party initiator) {
    this.old = old;
    this.version = version;
    this.parties = parties;
    this.initiator = initiator;
    if (!sizes(parties).equals(sizes(old.parties()))) {
      throw refused(
          "migrate_role: found "
              + parties.byRole()
              + ", allowed as many parties in every role as in "
              + old.parties().byRole());
    }
    if (parties.byRole().equals(old.parties().byRole())) {
      throw refused("migrate_role: found the parties that the model has, allowed others");
    }
    if (!parties.contains(initiator)) {
      throw refused("migrate_initiator: found " + initiator + ", allowed one of " + parties.all());
    }
    old.parties()
        .all()
        .forEach(
            party ->
                successors.put(party, parties.of(party.role()).get(old.parties().indexOf(party))));
  }

  /** The new version's row, at the party that takes the old one's place. */
  public PipelineModel model(long now) {
    return new PipelineModel(
        ModelIds.modelId(parties),
        version,
        successors.get(old.party()),
        initiator,
        parties,
        old.trainDsl(),
        conf(),
        old.predictDsl(),
        old.state(),
        old.modelVersion(),
        old.modelId(),
        old.imported(),
        0,
        List.of(),
        old.notes(),
        now,
        now);
  }

  /** What a component learned, with the new ids in names. */
  public ComponentModel component(ComponentModel learned) {
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    learned.messages().forEach((name, message) -> messages.put(name, message(message)));
    return new ComponentModel(learned.component(), learned.module(), learned.alias(), messages);
  }

  private Map<String, Object> conf() {
    Map<String, Object> conf = new LinkedHashMap<>(old.trainConf());
    Map<String, Object> roles = new LinkedHashMap<>();
    parties
        .byRole()
        .forEach(
            (role, ids) -> roles.put(role.name(), ids.stream().map(Party::documentId).toList()));
    conf.put("role", roles);
    conf.put(
        "initiator",
        Map.of("role", initiator.role().name(), "party_id", Party.documentId(initiator.id())));
    return conf;
  }

  private ModelMessage message(ModelMessage message) {
    Map<String, Object> values = new LinkedHashMap<>();
    // Messages about another party say which; those that tell no role are about hosts.
    String role = message.text("role").isEmpty() ? Role.HOST.name() : message.text("role");
    message
        .values()
        .forEach(
            (field, value) ->
                values.put(
                    field,
                    switch (field) {
                      case "party_id" -> id(role, value);
                      case "host_party_ids" ->
                          message.list(field).stream().map(id -> id(Role.HOST.name(), id)).toList();
                      default -> value(value);
                    }));
    return new ModelMessage(message.schema(), values);
  }

  private Object id(String role, Object id) {
    for (Map.Entry<Party, Party> change : successors.entrySet()) {
      if (change.getKey().role().name().equals(role) && change.getKey().id().equals(id)) {
        return change.getValue().id();
      }
    }
    return id;
  }

  private Object value(Object value) {
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof ModelMessage inner) {
      return message(inner);
    }
    if (value instanceof List<?> list) {
      List<Object> moved = new ArrayList<>(list.size());
      list.forEach(each -> moved.add(value(each)));
      return moved;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> moved = new LinkedHashMap<>();
      map.forEach((key, each) -> moved.put(value(key), value(each)));
      return moved;
    }
    return value;
  }

  private String text(String text) {
    for (Map.Entry<Party, Party> change : successors.entrySet()) {
      // Nodes of trees name their owner like this.
      if (text.equals(change.getKey().toString())) {
        return change.getValue().toString();
      }
      String prefix = prefix(change.getKey());
      if (text.startsWith(prefix)) {
        return prefix(change.getValue()) + text.substring(prefix.length());
      }
    }
    return text;
  }

  private static String prefix(Party party) {
    return party.role().name() + '_' + party.id() + '_';
  }

  private static Map<Role, Integer> sizes(Parties parties) {
    Map<Role, Integer> sizes = new HashMap<>();
    parties.byRole().forEach((role, ids) -> sizes.put(role, ids.size()));
    return sizes;
  }

  private static FedflowException refused(String why) {
    return FedflowException.invalid("model.migration", why);
  }
}
