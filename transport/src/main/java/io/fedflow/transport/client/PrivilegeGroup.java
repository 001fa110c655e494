package io.fedflow.transport.client;

import io.fedflow.party.Party;
import java.nio.file.Path;
import java.util.Map;

/**
 * What other parties may use here. FATE 1.11 has these routes under {@code permission}; the paths
 * of its own Python object lead nowhere. Thread-safe.
 */
public final class PrivilegeGroup {

  private final FlowRoutes routes;

  PrivilegeGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /** Lets a party use components and tables. */
  public Pending<Answer> grant(Map<String, ?> conf) {
    return routes.write("permission/grant", Fields.none().all(conf));
  }

  /** Lets a party use components and tables. The conf is read from a file. */
  public Pending<Answer> grant(Path conf) {
    return routes.withConf(conf, this::grant);
  }

  /** Takes back what a party may use. */
  public Pending<Answer> delete(Map<String, ?> conf) {
    return routes.write("permission/delete", Fields.none().all(conf));
  }

  /** Takes back what a party may use. The conf is read from a file. */
  public Pending<Answer> delete(Path conf) {
    return routes.withConf(conf, this::delete);
  }

  /** What a party may use. */
  public Pending<Answer> query(String partyId) {
    return routes.read("permission/query", Fields.of("party_id", Party.documentId(partyId)));
  }
}
