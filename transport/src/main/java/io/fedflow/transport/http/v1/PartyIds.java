package io.fedflow.transport.http.v1;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.transport.http.wire.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Party ids on FATE's wire: texts in columns, numbers in role lists wherever they are numbers. */
public final class PartyIds {

  private PartyIds() {}

  /** A number if it reads back as the same text, else the text. */
  static Object wire(String id) {
    return Party.documentId(id);
  }

  /** {@code {role: [ids]}}. */
  static Map<String, Object> roles(Parties parties) {
    Map<String, Object> roles = new LinkedHashMap<>();
    parties
        .byRole()
        .forEach((role, ids) -> roles.put(role.name(), ids.stream().map(PartyIds::wire).toList()));
    return roles;
  }

  /** {@code {role: [ids]}} without one party. */
  static Map<String, Object> partners(Parties parties, Party self) {
    Map<String, Object> partners = new LinkedHashMap<>();
    parties
        .byRole()
        .forEach(
            (role, ids) -> {
              List<Object> others =
                  ids.stream()
                      .filter(id -> !self.equals(new Party(role, id)))
                      .map(PartyIds::wire)
                      .toList();
              if (!others.isEmpty()) {
                partners.put(role.name(), others);
              }
            });
    return partners;
  }

  /** The party that {@code role} and {@code party_id} name. */
  public static Party party(Arguments arguments) {
    return of(arguments.requiredText("role"), arguments.requiredText("party_id"));
  }

  /** A party from a client's texts. */
  static Party of(String role, String id) {
    try {
      return Party.of(role, id);
    } catch (IllegalArgumentException e) {
      throw FedflowException.invalid("argument.type", e.getMessage());
    }
  }
}
