package io.fedflow.server.cli;

import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.PipelineComponent;
import java.util.Map;

/**
 * The tables of FATE's minimal test, and who has them.
 *
 * @param guest who has the labels
 * @param host who has further columns
 * @param arbiter who has keys only
 * @param name how the names of both tables begin
 * @param leastAuc what a training on them reaches
 */
record MinTables(Party guest, Party host, Party arbiter, String name, double leastAuc) {

  private static final String NAMESPACE = "experiment";

  static MinTables small(String guest, String host, String arbiter) {
    return of(guest, host, arbiter, "breast_hetero", 0.98);
  }

  static MinTables large(String guest, String host, String arbiter) {
    return of(guest, host, arbiter, "default_credit_hetero", 0.69);
  }

  private static MinTables of(
      String guest, String host, String arbiter, String name, double leastAuc) {
    return new MinTables(
        new Party(Role.GUEST, Party.requireId(guest)),
        new Party(Role.HOST, Party.requireId(host)),
        new Party(Role.ARBITER, Party.requireId(arbiter)),
        name,
        leastAuc);
  }

  /** A reader of both. */
  PipelineComponent reader(String component) {
    PipelineComponent reader = new PipelineComponent(component, "Reader", ComponentOutputs.DATA);
    reader.at(guest).set("table", table("_guest"));
    reader.at(host).set("table", table("_host"));
    return reader;
  }

  private Map<String, Object> table(String whose) {
    return Map.of("namespace", NAMESPACE, "name", name + whose);
  }
}
