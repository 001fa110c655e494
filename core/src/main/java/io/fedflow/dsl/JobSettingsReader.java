package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import io.fedflow.party.Parties;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads job parameters of either version into settings. One instance reads one conf. */
final class JobSettingsReader {

  /** Keeps {@link Duration} and deadline arithmetic far from overflow: about 3000 years. */
  private static final long MAX_SECONDS = 100_000_000_000L;

  /** What the engine acts on; the same for all parties of a job. */
  private static final Set<String> ACTED_ON =
      Set.of(
          "job_type",
          "work_mode",
          "backend",
          "task_cores",
          "task_parallelism",
          "auto_retries",
          "auto_retry_delay",
          "timeout",
          "task_timeout",
          "priority",
          "model_id",
          "model_version",
          "seed");

  /** What FATE knows too and this engine only keeps. */
  private static final Set<String> KEPT =
      Set.of(
          "computing_engine",
          "federation_engine",
          "storage_engine",
          "engines_address",
          "federated_mode",
          "federation_info",
          "computing_partitions",
          "federated_data_exchange_type",
          "dsl_version",
          "eggroll_run",
          "spark_run",
          "rabbitmq_run",
          "pulsar_run",
          "adaptation_parameters",
          "assistant_role",
          "map_table_name",
          "map_namespace",
          "task_conf",
          "roles",
          "role_parameters",
          "user",
          "processors_per_node");

  /** What holds for the whole job, too, and is kept under FATE's name. */
  private static final Set<String> WHOLE_JOB =
      Set.of(JobSettings.COLLECT_TYPE, JobSettings.INHERITANCE, JobSettings.PEER_PATIENCE);

  /** Names and FATE's codes of engines whose work the local engine takes over without a word. */
  private static final Set<String> LOCAL_BACKENDS = Set.of("0", "eggroll", "standalone", "local");

  private final Problems problems;

  JobSettingsReader(Problems problems) {
    this.problems = problems;
  }

  /** Reads flat job parameters. */
  JobSettings v1(DocumentNode node) {
    return settings(1, node, Map.of());
  }

  /** Reads job parameters with {@code common} and {@code role}. */
  JobSettings v2(DocumentNode node, Parties parties) {
    node.fields(problems)
        .forEach(
            (key, field) -> {
              if (!key.equals("common") && !key.equals("role")) {
                problems.warning(
                    field.pointer(), "not read", key, "common or role, with parameters inside");
              }
            });
    DocumentNode byRole = node.field("role");
    for (RoleSection section : RoleSection.read(byRole, parties, problems)) {
      section
          .node()
          .fields(problems)
          .forEach((name, parameter) -> checkRoleParameter(name, parameter));
    }
    @SuppressWarnings("unchecked") // documents are copied on entry: all keys are texts
    Map<String, Object> kept =
        byRole.value() instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    return settings(2, node.field("common"), kept);
  }

  private void checkRoleParameter(String name, DocumentNode parameter) {
    if (ACTED_ON.contains(name) || WHOLE_JOB.contains(name)) {
      problems.warning(
          parameter.pointer(),
          "one value holds for the whole job: that of job_parameters/common, or the default",
          name,
          "in job_parameters/common only");
    } else if (!KEPT.contains(name)) {
      warnUnknown(name, parameter);
    }
  }

  private JobSettings settings(int version, DocumentNode node, Map<String, Object> byRole) {
    Map<String, DocumentNode> fields = node.fields(problems);
    Map<String, Object> extra = new LinkedHashMap<>();
    fields.forEach(
        (name, parameter) -> {
          // FATE's servers fill role_parameters; so do we, below.
          if (!ACTED_ON.contains(name) && !name.equals("role_parameters")) {
            if (!WHOLE_JOB.contains(name)) {
              extra.put(name, parameter.value());
            }
            if (!KEPT.contains(name) && !WHOLE_JOB.contains(name)) {
              warnUnknown(name, parameter);
            }
          }
        });
    if (!byRole.isEmpty()) {
      extra.put("role_parameters", byRole);
    }
    collectType(node.field(JobSettings.COLLECT_TYPE))
        .ifPresent(type -> extra.put(JobSettings.COLLECT_TYPE, type));
    inheritance(node.field(JobSettings.INHERITANCE))
        .ifPresent(info -> extra.put(JobSettings.INHERITANCE, info));
    if (node.field(JobSettings.PEER_PATIENCE).isPresent()) {
      extra.put(
          JobSettings.PEER_PATIENCE,
          seconds(node.field(JobSettings.PEER_PATIENCE), 1, Duration.ofSeconds(60)).toSeconds());
    }
    warnOtherEngine(node.field("computing_engine"));
    String jobType = jobType(node.field("job_type"));
    boolean predict = jobType.equals("predict");
    return new JobSettings(
        version,
        jobType,
        workMode(node.field("work_mode")),
        backend(node.field("backend")),
        integer(node, "task_cores", 1, Integer.MAX_VALUE, JobSettings.DEFAULT_TASK_CORES),
        integer(
            node, "task_parallelism", 1, Integer.MAX_VALUE, JobSettings.DEFAULT_TASK_PARALLELISM),
        integer(node, "auto_retries", 0, Integer.MAX_VALUE, JobSettings.DEFAULT_AUTO_RETRIES),
        seconds(node.field("auto_retry_delay"), 0, Duration.ofSeconds(1)),
        seconds(node.field("timeout"), 1, JobSettings.DEFAULT_TIMEOUT),
        node.field("task_timeout").isPresent()
            ? seconds(node.field("task_timeout"), 1, JobSettings.DEFAULT_TIMEOUT)
            : null,
        integer(
            node,
            "priority",
            JobSettings.LOWEST_PRIORITY,
            JobSettings.HIGHEST_PRIORITY,
            JobSettings.DEFAULT_PRIORITY),
        model(node.field("model_id"), predict),
        model(node.field("model_version"), predict),
        seed(node.field("seed")),
        extra);
  }

  private Optional<String> collectType(DocumentNode node) {
    return node.text(problems)
        .map(text -> text.toUpperCase(Locale.ROOT))
        .filter(
            type -> {
              boolean known =
                  type.equals(JobSettings.COLLECT_PUSH) || type.equals(JobSettings.COLLECT_PULL);
              if (!known) {
                problems.error(
                    node.pointer(),
                    "unknown way to collect statuses",
                    node.describe(),
                    "PUSH (parties report) or PULL (the initiator asks them)");
              }
              return known;
            });
  }

  /** An object that is there and empty asks for nothing, as in FATE's own confs. */
  private Optional<Map<String, Object>> inheritance(DocumentNode node) {
    Map<String, DocumentNode> fields = node.fields(problems);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    fields.forEach(
        (name, field) -> {
          if (!name.equals("job_id") && !name.equals("component_list")) {
            problems.error(field.pointer(), "not read", name, "job_id and component_list");
          }
        });
    Optional<String> jobId = node.field("job_id").requiredText(problems);
    DocumentNode list = node.field("component_list");
    List<String> components = list.texts(problems);
    if (components.isEmpty()) {
      problems.error(list.pointer(), "missing or empty", list.describe(), "names of components");
    }
    return jobId.isEmpty() || components.isEmpty()
        ? Optional.empty()
        : Optional.of(Map.of("job_id", jobId.get(), "component_list", components));
  }

  private void warnUnknown(String name, DocumentNode parameter) {
    problems.warning(
        parameter.pointer(),
        "unknown job parameter; it is kept and has no effect",
        name,
        KnownNames.nearest(ACTED_ON, name)
            .map(near -> "perhaps " + near)
            .orElse("one of " + ACTED_ON.stream().sorted().toList()));
  }

  private String jobType(DocumentNode node) {
    String type = node.text(problems).orElse("train");
    if (!type.equals("train") && !type.equals("predict")) {
      problems.error(node.pointer(), "unknown job type", node.describe(), "train or predict");
    }
    return type;
  }

  private Integer workMode(DocumentNode node) {
    if (!node.isPresent()) {
      return null;
    }
    if (isInteger(node.value())) {
      long mode = ((Number) node.value()).longValue();
      if (mode == 0 || mode == 1) {
        return (int) mode;
      }
    }
    problems.error(
        node.pointer(),
        "unknown work mode",
        node.describe(),
        "0 (all parties here) or 1 (parties by routing table)");
    return null;
  }

  private String backend(DocumentNode node) {
    if (!node.isPresent()) {
      return null;
    }
    if (!(node.value() instanceof String) && !isInteger(node.value())) {
      node.wrongType("an engine's name or number", problems);
      return null;
    }
    warnOtherEngine(node);
    return node.value().toString();
  }

  private void warnOtherEngine(DocumentNode node) {
    if ((node.value() instanceof String || isInteger(node.value()))
        && !LOCAL_BACKENDS.contains(node.value().toString().toLowerCase(Locale.ROOT))) {
      problems.warning(
          node.pointer(),
          "no such engine is configured; the local engine computes",
          node.describe(),
          "0, EGGROLL, STANDALONE or LOCAL");
    }
  }

  private int integer(DocumentNode parent, String name, int minimum, int maximum, int silent) {
    DocumentNode node = parent.field(name);
    return (int) whole(node, minimum, maximum, "an integer >= " + minimum, silent);
  }

  private long whole(DocumentNode node, long minimum, long maximum, String allowed, long silent) {
    if (!node.isPresent()) {
      return silent;
    }
    if (!isInteger(node.value())) {
      node.wrongType(allowed, problems);
      return silent;
    }
    long number = ((Number) node.value()).longValue();
    if (number < minimum || number > maximum) {
      problems.error(
          node.pointer(),
          "out of range",
          node.describe(),
          number > maximum ? allowed + " and <= " + maximum : allowed);
      return silent;
    }
    return number;
  }

  private Duration seconds(DocumentNode node, long minimum, Duration silent) {
    return Duration.ofSeconds(
        whole(
            node, minimum, MAX_SECONDS, "an integer of seconds >= " + minimum, silent.toSeconds()));
  }

  private String model(DocumentNode node, boolean required) {
    return (required ? node.requiredText(problems) : node.text(problems)).orElse(null);
  }

  private Long seed(DocumentNode node) {
    return node.isPresent()
        ? whole(node, Long.MIN_VALUE, Long.MAX_VALUE, "an integer of 64 bits", 0)
        : null;
  }

  private static boolean isInteger(Object value) {
    return value instanceof Integer || value instanceof Long || value instanceof Short;
  }
}
