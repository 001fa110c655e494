package io.fedflow.transport.http.v1;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The components of a site as FATE's registry shows them: all of one provider, which is FATE's
 * release whose job files run. Where code lies is not told.
 *
 * @param catalog the components
 */
record ComponentRegistry(ComponentCatalog catalog) {

  /** The name that job files give the provider. */
  static final String PROVIDER = "fate";

  /** {@code {module: entry}}. */
  Map<String, Object> components() {
    Map<String, Object> components = new LinkedHashMap<>();
    catalog
        .components()
        .forEach(component -> components.put(component.descriptor().module(), entry(component)));
    return components;
  }

  /** The entry of a module, under any of its names in any case. */
  Optional<Map<String, Object>> component(String name) {
    return catalog.names().stream()
        .filter(known -> known.equalsIgnoreCase(name))
        .findFirst()
        .flatMap(catalog::find)
        .map(ComponentRegistry::entry);
  }

  /** {@code {provider: versions}}. */
  Map<String, Object> providers() {
    return Map.of(PROVIDER, versions());
  }

  /** The versions of a provider. */
  Optional<Map<String, Object>> provider(String name) {
    return name.equals(PROVIDER) ? Optional.of(versions()) : Optional.empty();
  }

  private static Map<String, Object> entry(Component component) {
    ComponentDescriptor descriptor = component.descriptor();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("default_provider", PROVIDER);
    entry.put("support_provider", List.of(PROVIDER));
    entry.put("alias", descriptor.aliases().stream().sorted().toList());
    entry.put("roles", descriptor.roles().stream().map(role -> role.name()).sorted().toList());
    entry.put("parameters", descriptor.parameters().toTree());
    return entry;
  }

  private Map<String, Object> versions() {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("path", "");
    version.put("class_path", Map.of());
    version.put(
        "components",
        catalog.components().stream()
            .map(component -> component.descriptor().module().toLowerCase(Locale.ROOT))
            .toList());
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("default", Map.of("version", Versions.COMPATIBLE));
    versions.put(Versions.COMPATIBLE, version);
    return versions;
  }
}
