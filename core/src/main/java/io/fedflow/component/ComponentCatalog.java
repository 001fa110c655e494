package io.fedflow.component;

import java.util.Collection;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The components a party can run, by module name. Immutable; safe for use by many threads. */
public final class ComponentCatalog {

  private final TreeMap<String, Component> byName = new TreeMap<>();

  /**
   * A catalog of these components.
   *
   * @throws IllegalArgumentException if two components claim one module name
   */
  public ComponentCatalog(Collection<? extends Component> components) {
    for (Component component : components) {
      register(component.descriptor().module(), component);
      component.descriptor().aliases().forEach(alias -> register(alias, component));
    }
  }

  /** All components that {@link ComponentProvider}s on the class path or module path offer. */
  public static ComponentCatalog discover() {
    return new ComponentCatalog(
        ServiceLoader.load(ComponentProvider.class).stream()
            .flatMap(provider -> provider.get().components().stream())
            .toList());
  }

  /** This catalog and further components. */
  public ComponentCatalog with(Collection<? extends Component> more) {
    java.util.List<Component> all = new java.util.ArrayList<>(components());
    all.addAll(more);
    return new ComponentCatalog(all);
  }

  /** The component of a module name or alias. */
  public Optional<Component> find(String module) {
    return Optional.ofNullable(byName.get(module));
  }

  /** All components, each once, ordered by module name. */
  public java.util.List<Component> components() {
    return byName.values().stream().distinct().toList();
  }

  /** All names and aliases in order. */
  public Collection<String> names() {
    return java.util.List.copyOf(byName.keySet());
  }

  private void register(String name, Component component) {
    if (byName.putIfAbsent(name, component) != null) {
      throw new IllegalArgumentException("two components claim the module name " + name);
    }
  }
}
