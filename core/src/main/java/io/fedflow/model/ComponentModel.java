package io.fedflow.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a component learned at one party: named messages, usually one {@code …Meta} and one {@code
 * …Param}. Immutable.
 *
 * @param component the component's name in the job that made it
 * @param module the module that made it
 * @param alias the DSL's name of the model output
 * @param messages file name ({@code HeteroLogisticRegressionParam}) to message, in order
 */
public record ComponentModel(
    String component, String module, String alias, Map<String, ModelMessage> messages) {

  /** Copies the map. */
  public ComponentModel {
    messages = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(messages));
  }

  /** The message whose file name ends with a suffix such as {@code Meta} or {@code Param}. */
  public Optional<ModelMessage> endingWith(String suffix) {
    return messages.entrySet().stream()
        .filter(e -> e.getKey().endsWith(suffix))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The parameters. */
  public ModelMessage param() {
    return endingWith("Param").orElseThrow(() -> missing("Param"));
  }

  /** The settings it was made with. */
  public ModelMessage meta() {
    return endingWith("Meta").orElseThrow(() -> missing("Meta"));
  }

  private io.fedflow.failure.FedflowException missing(String what) {
    return io.fedflow.failure.FedflowException.invalid(
        "model.incomplete",
        "model of "
            + component
            + " ("
            + module
            + ") has no …"
            + what
            + " message; found "
            + messages.keySet());
  }
}
