package io.fedflow.transport.http.v1;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the version routes tell.
 *
 * @param instanceId names this server among others
 * @param product our own version
 * @param modules FATE's module names to versions; {@code FATE} is the release whose clients work
 * @param grpcPort the port for other parties; 0 if there is none
 */
public record Versions(
    String instanceId, String product, Map<String, String> modules, int grpcPort) {

  /** The release of FATE whose clients and job files work unchanged. */
  public static final String COMPATIBLE = "1.11.2";

  /** Copies the map. */
  public Versions {
    modules = Collections.unmodifiableMap(new LinkedHashMap<>(modules));
  }

  /** The usual modules. */
  public static Versions of(String instanceId, String product, int grpcPort) {
    Map<String, String> modules = new LinkedHashMap<>();
    modules.put("FATE", COMPATIBLE);
    modules.put("FATEFlow", COMPATIBLE);
    modules.put("FATEBoard", COMPATIBLE);
    modules.put("Fedflow", product);
    modules.put("JDK", Runtime.version().toString());
    return new Versions(instanceId, product, modules, grpcPort);
  }
}
