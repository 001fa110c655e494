package io.fedflow.testkit.runner;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentProvider;
import java.util.List;

/**
 * Offers {@link Scripted}. A runner whose components live in another process finds it there if the
 * tests of that runner register this class as a service.
 */
public final class ScriptedComponents implements ComponentProvider {

  /** For the service loader. */
  public ScriptedComponents() {}

  @Override
  public List<Component> components() {
    return List.of(new Scripted());
  }
}
