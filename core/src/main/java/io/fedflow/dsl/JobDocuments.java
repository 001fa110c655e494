package io.fedflow.dsl;

import java.util.Map;

/**
 * A job as its user wrote it: two JSON trees of {@code Map}, {@code List}, {@code String}, {@code
 * Number}, {@code Boolean} and null. Not changed by anything that reads them.
 *
 * @param dsl the components and their wiring
 * @param conf the runtime conf: parties, parameters, resources
 */
public record JobDocuments(Map<String, Object> dsl, Map<String, Object> conf) {}
