package io.fedflow.pipeline;

import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes DSL v2 and its runtime conf: only what was given, no defaults. */
final class PipelineDocuments {

  private PipelineDocuments() {}

  /**
   * The DSL.
   *
   * @param provider of all modules that name none; null for the server's choice
   */
  static Map<String, Object> dsl(Collection<Pipeline.Step> steps, String provider) {
    Map<String, Object> components = new LinkedHashMap<>();
    steps.forEach(step -> components.put(step.component().name(), component(step)));
    Map<String, Object> dsl = new LinkedHashMap<>();
    dsl.put("components", components);
    if (provider != null) {
      dsl.put("provider", provider);
    }
    return dsl;
  }

  /**
   * The runtime conf.
   *
   * @param parties role to party ids, in order of role index
   * @param jobType {@code train} or {@code predict}
   */
  static Map<String, Object> conf(
      Party initiator,
      Map<Role, List<String>> parties,
      ScopedParameters job,
      String jobType,
      Collection<Pipeline.Step> steps) {
    Map<String, Object> conf = new LinkedHashMap<>();
    conf.put("dsl_version", 2);
    Map<String, Object> first = new LinkedHashMap<>();
    first.put("role", initiator.role().name());
    first.put("party_id", Party.documentId(initiator.id()));
    conf.put("initiator", first);
    Map<String, Object> roles = new LinkedHashMap<>();
    parties.forEach(
        (role, ids) -> roles.put(role.name(), ids.stream().map(Party::documentId).toList()));
    conf.put("role", roles);
    Map<String, Object> common = new LinkedHashMap<>(job.common());
    common.put("job_type", jobType);
    conf.put("job_parameters", sections(common, job.byRole(parties)));
    Map<String, Object> parameters = parameters(parties, steps);
    if (!parameters.isEmpty()) {
      conf.put("component_parameters", parameters);
    }
    return conf;
  }

  private static Map<String, Object> component(Pipeline.Step step) {
    PipelineComponent component = step.component();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("module", component.module());
    Map<String, Object> input = step.input();
    if (!input.isEmpty()) {
      tree.put("input", input);
    }
    Map<String, Object> output = component.outputs().toTree();
    if (!output.isEmpty()) {
      tree.put("output", output);
    }
    if (component.provider() != null) {
      tree.put("provider", component.provider());
    }
    return tree;
  }

  private static Map<String, Object> parameters(
      Map<Role, List<String>> parties, Collection<Pipeline.Step> steps) {
    Map<String, Object> common = new LinkedHashMap<>();
    Map<String, Map<String, Map<String, Object>>> byRole = new LinkedHashMap<>();
    for (Pipeline.Step step : steps) {
      String name = step.component().name();
      ScopedParameters given = step.component().parameters();
      if (!given.common().isEmpty()) {
        common.put(name, new LinkedHashMap<>(given.common()));
      }
      given
          .byRole(parties)
          .forEach(
              (role, keys) ->
                  keys.forEach(
                      (key, values) ->
                          byRole
                              .computeIfAbsent(role, r -> new LinkedHashMap<>())
                              .computeIfAbsent(key, k -> new LinkedHashMap<>())
                              .put(name, values)));
    }
    return sections(common, byRole);
  }

  private static Map<String, Object> sections(
      Map<String, Object> common, Map<String, Map<String, Map<String, Object>>> byRole) {
    Map<String, Object> sections = new LinkedHashMap<>();
    if (!common.isEmpty()) {
      sections.put("common", common);
    }
    if (!byRole.isEmpty()) {
      sections.put("role", byRole);
    }
    return sections;
  }
}
