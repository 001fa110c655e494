package io.fedflow.pipeline;

import java.util.List;

/**
 * The models that a component takes. Immutable.
 *
 * @param models of components of its own module: to apply, or to go on training
 * @param isometric of components of another module
 */
public record Model(List<String> models, List<String> isometric) {

  /** Copies the lists. */
  public Model {
    models = List.copyOf(models);
    isometric = List.copyOf(isometric);
  }

  /** No model. */
  public static Model none() {
    return new Model(List.of(), List.of());
  }

  /** Models of components of the same module. */
  public static Model of(String... references) {
    return new Model(List.of(references), List.of());
  }

  /** Models of components of another module. */
  public static Model isometric(String... references) {
    return new Model(List.of(), List.of(references));
  }
}
