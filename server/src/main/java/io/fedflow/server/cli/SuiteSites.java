package io.fedflow.server.cli;

import io.fedflow.transport.client.FlowHttpClient;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The servers of a run. Thread-safe.
 *
 * @param usual the one that serves every party which has none of its own
 * @param own party ids to servers
 */
record SuiteSites(FlowHttpClient usual, Map<String, FlowHttpClient> own) {

  /** Copies the map. */
  SuiteSites {
    own = Map.copyOf(own);
  }

  FlowHttpClient of(String partyId) {
    return own.getOrDefault(partyId, usual);
  }

  Set<FlowHttpClient> all() {
    Set<FlowHttpClient> all = new LinkedHashSet<>(own.values());
    all.add(usual);
    return all;
  }
}
