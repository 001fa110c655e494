package io.fedflow.transport.http.v1;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The components of a site as FATE's registry shows them: algorithms of the provider {@code fate},
 * what reads and stores of {@code fate_flow}, both of the release whose job files run. Where code
 * lies is not told.
 *
 * @param catalog the components
 */
record ComponentRegistry(ComponentCatalog catalog) {

  private static final String ALGORITHMS = "fate";
  private static final String TOOLS = "fate_flow";

  /** FATE's modules of the second provider. */
  private static final Set<String> TOOL_MODULES =
      Set.of(
          "Upload",
          "Download",
          "Reader",
          "ApiReader",
          "Writer",
          "CacheLoader",
          "ModelLoader",
          "ModelStore",
          "ModelRestore");

  /** The names that job files give providers, with the release that they stand for. */
  static Map<String, Object> defaultSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (String provider : List.of(ALGORITHMS, TOOLS)) {
      settings.put(provider, Map.of("default_version", Versions.COMPATIBLE));
    }
    return settings;
  }

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
    Map<String, Object> providers = new LinkedHashMap<>();
    for (String provider : List.of(ALGORITHMS, TOOLS)) {
      providers.put(provider, versions(provider));
    }
    return providers;
  }

  /** The versions of a provider. */
  Optional<Map<String, Object>> provider(String name) {
    return name.equals(ALGORITHMS) || name.equals(TOOLS)
        ? Optional.of(versions(name))
        : Optional.empty();
  }

  private static Map<String, Object> entry(Component component) {
    ComponentDescriptor descriptor = component.descriptor();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("default_provider", provider(descriptor));
    entry.put("support_provider", List.of(provider(descriptor)));
    entry.put("alias", descriptor.aliases().stream().sorted().toList());
    entry.put("roles", descriptor.roles().stream().map(role -> role.name()).sorted().toList());
    entry.put("parameters", descriptor.parameters().toTree());
    return entry;
  }

  private static String provider(ComponentDescriptor descriptor) {
    return TOOL_MODULES.contains(descriptor.module()) ? TOOLS : ALGORITHMS;
  }

  private Map<String, Object> versions(String provider) {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("path", "");
    version.put("class_path", Map.of());
    version.put(
        "components",
        catalog.components().stream()
            .map(Component::descriptor)
            .filter(descriptor -> provider(descriptor).equals(provider))
            .map(descriptor -> descriptor.module().toLowerCase(Locale.ROOT))
            .toList());
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("default", Map.of("version", Versions.COMPATIBLE));
    versions.put(Versions.COMPATIBLE, version);
    return versions;
  }
}
