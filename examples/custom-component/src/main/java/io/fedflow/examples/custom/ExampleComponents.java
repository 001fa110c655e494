package io.fedflow.examples.custom;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentProvider;
import java.util.List;

/** Offers this artifact's components to every site that has it on its class path. */
public final class ExampleComponents implements ComponentProvider {

  /** For the service loader. */
  public ExampleComponents() {}

  @Override
  public List<Component> components() {
    return List.of(new MaskedTotal());
  }
}
