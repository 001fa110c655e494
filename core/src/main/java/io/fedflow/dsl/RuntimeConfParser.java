package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.util.Map;
import java.util.Set;

/** Reads a runtime conf of version 1 or 2. */
final class RuntimeConfParser {

  private static final Set<String> V1_KEYS =
      Set.of(
          "dsl_version",
          "initiator",
          "role",
          "job_parameters",
          "algorithm_parameters",
          "role_parameters");

  private static final Set<String> V2_KEYS =
      Set.of(
          "dsl_version", "initiator", "role", "job_parameters", "component_parameters", "provider");

  private RuntimeConfParser() {}

  /**
   * Reads a conf.
   *
   * @param knownRoles the roles that some module supports
   * @param problems receives everything that is wrong with it; the result then holds the rest
   */
  static JobConf parse(DocumentNode conf, Set<String> knownRoles, Problems problems) {
    if (!conf.isPresent()) {
      problems.error(
          conf.pointer(), "the runtime conf is missing", null, "an object with initiator and role");
    }
    Map<String, DocumentNode> top = conf.fields(problems);
    ConfVersion version = ConfVersion.of(conf, problems);
    if (!conf.field("provider").fields(problems).isEmpty()) {
      problems.warning(
          conf.field("provider").pointer(),
          "every component is there in one version; not read",
          "provider",
          "a conf without provider");
    }
    warnUnread(top, version.number() == 1 ? V1_KEYS : V2_KEYS, problems);

    PartiesReader reader = new PartiesReader(problems);
    Parties parties = reader.parties(conf.field("role"), conf.isPresent());
    Party initiator = reader.initiator(conf.field("initiator"), parties, conf.isPresent());
    reader.checkRolesAreUsed(parties, knownRoles, version.rolesUsed());

    return version.number() == 1
        ? new JobConf(
            initiator,
            parties,
            reader.complete(),
            new JobSettingsReader(problems).v1(conf.field("job_parameters")),
            ParameterLayersV1.read(conf, parties, problems),
            StoredTables.read(conf.field("role_parameters"), parties, problems))
        : new JobConf(
            initiator,
            parties,
            reader.complete(),
            new JobSettingsReader(problems).v2(conf.field("job_parameters"), parties),
            ParameterLayersV2.read(conf.field("component_parameters"), parties, problems),
            StoredTables.none());
  }

  private static void warnUnread(
      Map<String, DocumentNode> top, Set<String> read, Problems problems) {
    top.forEach(
        (key, node) -> {
          // The other version's keys are an error of their own, with a remedy.
          if (!read.contains(key) && !V1_KEYS.contains(key) && !V2_KEYS.contains(key)) {
            problems.warning(
                node.pointer(), "not read", key, "one of " + read.stream().sorted().toList());
          }
        });
  }
}
