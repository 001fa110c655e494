package io.fedflow.transport.client;

import io.fedflow.party.Party;
import java.util.LinkedHashMap;
import java.util.Map;

/** The body of a request: what is null stays out. Not thread-safe. */
final class Fields {

  private final Map<String, Object> tree = new LinkedHashMap<>();

  private Fields() {}

  static Fields none() {
    return new Fields();
  }

  static Fields of(String name, Object value) {
    return new Fields().and(name, value);
  }

  Fields and(String name, Object value) {
    if (value != null) {
      tree.put(name, value);
    }
    return this;
  }

  Fields all(Map<String, ?> more) {
    tree.putAll(more);
    return this;
  }

  /** A party, and again as {@code local}, as FATE's client sends it. */
  Fields at(String role, String partyId) {
    Map<String, Object> local =
        Fields.of("role", role)
            .and("party_id", partyId == null ? null : Party.documentId(partyId))
            .tree();
    if (!local.isEmpty()) {
      tree.putAll(local);
      tree.put("local", local);
    }
    return this;
  }

  Fields model(ModelAt model) {
    return and("model_id", model.modelId()).and("model_version", model.modelVersion());
  }

  Fields component(ComponentAt at) {
    return and("job_id", at.jobId()).and("component_name", at.component()).at(at);
  }

  Map<String, Object> tree() {
    return tree;
  }

  private Fields at(ComponentAt at) {
    return at(at.role(), at.partyId());
  }
}
