package io.fedflow.component;

import java.util.List;

/** Offers components to {@link ComponentCatalog#discover()}; registered as a service. */
public interface ComponentProvider {

  /** The components; called once. */
  List<Component> components();
}
