package io.fedflow.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables that a component takes. Immutable.
 *
 * @param inputs kind ({@code data}, {@code train_data}, {@code validate_data}, {@code test_data})
 *     to references, each {@code <component>.<output>}
 */
public record Data(Map<String, List<String>> inputs) {

  /** Copies the map. */
  public Data {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    inputs.forEach((kind, references) -> copy.put(kind, List.copyOf(references)));
    inputs = Collections.unmodifiableMap(copy);
  }

  /** No table. */
  public static Data none() {
    return new Data(Map.of());
  }

  /** Tables of the kind {@code data}. */
  public static Data of(String... references) {
    return none().and("data", references);
  }

  /** Tables to train on. */
  public static Data train(String... references) {
    return none().and("train_data", references);
  }

  /** Tables to apply a model to. */
  public static Data test(String... references) {
    return none().and("test_data", references);
  }

  /** These, and tables to validate on. */
  public Data validate(String... references) {
    return and("validate_data", references);
  }

  /** These, and tables of another kind. */
  public Data and(String kind, String... references) {
    Map<String, List<String>> more = new LinkedHashMap<>(inputs);
    more.put(kind, List.of(references));
    return new Data(more);
  }

  /**
   * Where a deployed pipeline takes its tables from when it predicts.
   *
   * @param inputs input of a deployed component ({@link PipelineComponent#dataInput}) to the
   *     reference that feeds it
   */
  public record PredictInput(Map<String, String> inputs) {

    /** Copies the map. */
    public PredictInput {
      inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }
  }

  /** One input of a deployed component and the reference that feeds it. */
  public static PredictInput predictInput(String input, String reference) {
    return new PredictInput(Map.of(input, reference));
  }
}
