package io.fedflow.pipeline;

import java.util.Map;

/** The parameters of some parties, over those for all. Not thread-safe. */
public final class PartyParameters {

  private final Map<String, Object> values;

  PartyParameters(Map<String, Object> values) {
    this.values = values;
  }

  /** Sets a parameter. */
  public PartyParameters set(String name, Object value) {
    values.put(name, value);
    return this;
  }
}
