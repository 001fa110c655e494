package io.fedflow.dsl;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.failure.Problems;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The modules behind a DSL's components. */
final class Modules {

  private final Map<String, ComponentDescriptor> descriptors = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  private Modules() {}

  /** Looks up every component's module; unknown ones are problems and absent from the result. */
  static Modules find(
      Collection<DslComponent> components, ComponentCatalog catalog, Problems problems) {
    Modules modules = new Modules();
    for (DslComponent component : components) {
      if (component.module() != null) {
        modules.find(component, catalog, problems);
      }
    }
    return modules;
  }

  private void find(DslComponent component, ComponentCatalog catalog, Problems problems) {
    DocumentNode node = component.node().field("module");
    Optional<String> known =
        catalog.find(component.module()).isPresent()
            ? Optional.of(component.module())
            : catalog.names().stream()
                .filter(name -> name.equalsIgnoreCase(component.module()))
                .findFirst();
    if (known.isEmpty()) {
      problems.error(
          node.pointer(),
          "unknown module",
          node.describe(),
          KnownNames.allowed(catalog.names(), component.module()));
      return;
    }
    names.put(component.name(), known.get());
    descriptors.put(component.name(), catalog.find(known.get()).orElseThrow().descriptor());
  }

  /** The descriptor of a component's module; empty if unknown. */
  Optional<ComponentDescriptor> descriptor(String component) {
    return Optional.ofNullable(descriptors.get(component));
  }

  /** The module name in the catalog's spelling: the DSL's own but for the case of letters. */
  String name(String component) {
    return names.get(component);
  }

  /** Tells whether two components are of one module, under whatever alias. */
  boolean same(String component, String other) {
    ComponentDescriptor descriptor = descriptors.get(component);
    ComponentDescriptor second = descriptors.get(other);
    return descriptor != null && second != null && descriptor.module().equals(second.module());
  }

  /** Tells whether any component is of one of these modules. */
  boolean anyOf(Set<String> modules) {
    return descriptors.values().stream().anyMatch(d -> modules.contains(d.module()));
  }
}
