package io.fedflow.transport.http.v1;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.TableSchema;
import io.fedflow.transport.http.wire.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * Anonymous names of a party's columns once the party has another id: {@code host_10000_x0} becomes
 * {@code host_10001_x0}.
 *
 * @param before how the names of the party begin
 * @param after how they begin afterwards
 */
record AnonymousMigration(String before, String after) {

  /**
   * What a client asks for: {@code role} and {@code party_id} name the party, {@code
   * migrate_mapping} is {@code {role: {id: new id}}}.
   *
   * @throws FedflowException {@code argument.missing} or {@code argument.type}
   */
  static AnonymousMigration of(Arguments asked) {
    asked.require("role", "party_id", "migrate_mapping");
    Party party = PartyIds.party(asked);
    Arguments mapping = new Arguments(asked.object("migrate_mapping").orElseThrow());
    String place = "migrate_mapping/" + party.role() + '/' + party.id();
    Arguments ofRole =
        new Arguments(mapping.object(party.role().name()).orElseThrow(() -> missing(place)));
    String id = ofRole.text(party.id()).orElseThrow(() -> missing(place));
    Party renamed = PartyIds.of(party.role().name(), id);
    return new AnonymousMigration(prefix(party), prefix(renamed));
  }

  /**
   * The schema with other anonymous names.
   *
   * @throws FedflowException {@code table.anonymous} if no name is the party's
   */
  TableSchema of(TableSchema schema) {
    List<ColumnSpec> columns = new ArrayList<>();
    boolean found = false;
    for (ColumnSpec column : schema.columns()) {
      boolean theirs = column.anonymousName().startsWith(before);
      found |= theirs;
      columns.add(
          theirs
              ? new ColumnSpec(
                  column.name(),
                  column.type(),
                  column.use(),
                  after + column.anonymousName().substring(before.length()))
              : column);
    }
    if (!found) {
      throw FedflowException.invalid(
          "table.anonymous",
          "table: found no anonymous name that begins with "
              + before
              + "; tables have such names once DataTransform made them");
    }
    return new TableSchema(schema.kind(), schema.idName(), columns, schema.delimiter());
  }

  private static String prefix(Party party) {
    return party.role().name() + '_' + party.id() + '_';
  }

  private static FedflowException missing(String place) {
    return FedflowException.invalid(
        "argument.missing", "required arguments are missing: " + place + ", the party's new id");
  }
}
