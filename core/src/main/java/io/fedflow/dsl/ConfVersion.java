package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which version a conf is. {@code dsl_version} decides and its absence means 1; a conf whose shape
 * contradicts it is refused, because half of its parameters would have no effect.
 *
 * @param number 1 or 2: for a contradictory conf what its shape says, so that the rest of it can
 *     still be checked
 * @param rolesUsed the roles that any part of the conf names besides {@code role} itself
 */
record ConfVersion(int number, Set<String> rolesUsed) {

  private static final int UNKNOWN = 0;

  private static final List<String> V1_ONLY = List.of("algorithm_parameters", "role_parameters");
  private static final List<String> V2_ONLY = List.of("component_parameters", "provider");
  private static final List<String> V2_JOB_PARAMETERS = List.of("common", "role");

  static ConfVersion of(DocumentNode conf, Problems problems) {
    DocumentNode node = conf.field("dsl_version");
    int declared = declared(node, problems);
    boolean shapedV1 = firstPresent(conf, V1_ONLY) != null;
    DocumentNode v2 = firstPresent(conf, V2_ONLY);
    if (v2 == null) {
      v2 = firstPresent(conf.field("job_parameters"), V2_JOB_PARAMETERS);
    }
    int number = declared == UNKNOWN ? (v2 == null ? 1 : 2) : declared;
    if (declared == 1 && v2 != null) {
      problems.error(
          node.pointer(),
          v2.pointer() + " belongs to version 2, but the conf is of version 1",
          node.isPresent() ? node.describe() : "nothing, which means 1",
          "2; or keep version 1 with algorithm_parameters, role_parameters and flat"
              + " job_parameters");
      number = shapedV1 ? 1 : 2;
    } else if (declared == 2 && shapedV1) {
      problems.error(
          node.pointer(),
          firstPresent(conf, V1_ONLY).pointer()
              + " belongs to version 1, but the conf is of version 2",
          node.describe(),
          "1; or move the parameters to component_parameters");
      number = v2 == null ? 1 : 2;
    }
    return new ConfVersion(number, rolesUsed(conf));
  }

  private static int declared(DocumentNode node, Problems problems) {
    if (!node.isPresent()) {
      return 1;
    }
    String text =
        node.value() instanceof Number || node.value() instanceof String
            ? node.value().toString()
            : "";
    if (text.equals("1") || text.equals("2")) {
      return Integer.parseInt(text);
    }
    problems.error(node.pointer(), "unknown DSL version", node.describe(), "1 or 2");
    return UNKNOWN;
  }

  private static DocumentNode firstPresent(DocumentNode node, List<String> keys) {
    return keys.stream().map(node::field).filter(DocumentNode::isPresent).findFirst().orElse(null);
  }

  private static Set<String> rolesUsed(DocumentNode conf) {
    Set<String> roles = new LinkedHashSet<>();
    addKeys(conf.field("role_parameters"), roles);
    for (String section : List.of("component_parameters", "job_parameters", "provider")) {
      addKeys(conf.field(section).field("role"), roles);
    }
    return roles;
  }

  private static void addKeys(DocumentNode node, Set<String> keys) {
    if (node.value() instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> keys.add((String) key));
    }
  }
}
