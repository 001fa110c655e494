package io.fedflow.pipeline;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes DSL v2 and its runtime conf from code: parties first, then components in any order. Not
 * thread-safe.
 *
 * <p>The first guest (or, without one, the first party) initiates.
 */
public final class Pipeline {

  private final Map<Role, List<String>> parties = new LinkedHashMap<>();
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final Map<String, Object> jobParameters = new LinkedHashMap<>();

  /** A pipeline without parties and components. */
  public Pipeline() {}

  /** Adds a party; the order inside a role is its role index. */
  public Pipeline party(Role role, String id) {
    parties.computeIfAbsent(role, r -> new ArrayList<>()).add(new Party(role, id).id());
    return this;
  }

  /** Sets a parameter of the job itself, such as {@code seed} or {@code timeout}. */
  public Pipeline jobParameter(String name, Object value) {
    jobParameters.put(name, value);
    return this;
  }

  /**
   * Adds a component.
   *
   * @param name unique in the pipeline
   * @param module the module that runs
   * @throws IllegalArgumentException if the name is taken
   */
  public Step add(String name, String module) {
    Step step = new Step(module);
    if (steps.putIfAbsent(name, step) != null) {
      throw new IllegalArgumentException("component " + name + " was added already");
    }
    return step;
  }

  /**
   * The documents; what is added or set later does not change them.
   *
   * @throws IllegalStateException if no party was added
   */
  public JobDocuments compile() {
    Map<String, Object> components = new LinkedHashMap<>();
    Map<String, Object> common = new LinkedHashMap<>();
    Map<String, Map<String, Map<String, Object>>> byRole = new LinkedHashMap<>();
    steps.forEach(
        (name, step) -> {
          components.put(name, step.toTree());
          if (!step.common.isEmpty()) {
            common.put(name, new LinkedHashMap<>(step.common));
          }
          step.own.forEach(
              (party, params) ->
                  byRole
                      .computeIfAbsent(party.role().name(), r -> new LinkedHashMap<>())
                      .computeIfAbsent(indexOf(party), i -> new LinkedHashMap<>())
                      .put(name, new LinkedHashMap<>(params)));
        });
    Party initiator = initiator();
    Map<String, Object> conf = new LinkedHashMap<>();
    conf.put("dsl_version", 2);
    conf.put("initiator", Map.of("role", initiator.role().name(), "party_id", initiator.id()));
    Map<String, Object> roles = new LinkedHashMap<>();
    parties.forEach((role, ids) -> roles.put(role.name(), List.copyOf(ids)));
    conf.put("role", roles);
    conf.put("job_parameters", Map.of("common", new LinkedHashMap<>(jobParameters)));
    conf.put("component_parameters", Map.of("common", common, "role", byRole));
    return new JobDocuments(Map.of("components", components), conf);
  }

  private Party initiator() {
    Role role =
        parties.containsKey(Role.GUEST)
            ? Role.GUEST
            : parties.keySet().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a pipeline needs a party"));
    return new Party(role, parties.get(role).get(0));
  }

  private String indexOf(Party party) {
    int index = parties.getOrDefault(party.role(), List.of()).indexOf(party.id());
    if (index < 0) {
      throw new IllegalStateException(party + " has parameters but was not added");
    }
    return Integer.toString(index);
  }

  /** One component of the pipeline: its inputs and parameters. Not thread-safe. */
  public static final class Step {

    private final String module;
    private final Map<String, List<String>> data = new LinkedHashMap<>();
    private final List<String> models = new ArrayList<>();
    private final List<String> isometric = new ArrayList<>();
    private final Map<String, Object> common = new LinkedHashMap<>();
    private final Map<Party, Map<String, Object>> own = new LinkedHashMap<>();

    private Step(String module) {
      this.module = module;
    }

    /** Takes the table of an upstream component as {@code data}. */
    public Step data(String upstream) {
      return data("data", upstream);
    }

    /** Takes the table of an upstream component as another kind, such as {@code train_data}. */
    public Step data(String kind, String upstream) {
      data.computeIfAbsent(kind, k -> new ArrayList<>()).add(upstream + ".data");
      return this;
    }

    /** Takes the model of a component of the same module: to apply it, or to go on training it. */
    public Step model(String upstream) {
      models.add(upstream + ".model");
      return this;
    }

    /** Takes the model of a component of another kind. */
    public Step isometricModel(String upstream) {
      isometric.add(upstream + ".model");
      return this;
    }

    /** Sets a parameter for all parties. */
    public Step set(String name, Object value) {
      common.put(name, value);
      return this;
    }

    /** Sets a parameter for one party, over the one for all. */
    public Step set(Party party, String name, Object value) {
      own.computeIfAbsent(party, p -> new LinkedHashMap<>()).put(name, value);
      return this;
    }

    private Map<String, Object> toTree() {
      Map<String, Object> input = new LinkedHashMap<>();
      if (!data.isEmpty()) {
        Map<String, Object> tables = new LinkedHashMap<>();
        data.forEach((kind, from) -> tables.put(kind, List.copyOf(from)));
        input.put("data", tables);
      }
      if (!models.isEmpty()) {
        input.put("model", models);
      }
      if (!isometric.isEmpty()) {
        input.put("isometric_model", List.copyOf(isometric));
      }
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("module", module);
      if (!input.isEmpty()) {
        tree.put("input", input);
      }
      tree.put("output", Map.of("data", List.of("data"), "model", List.of("model")));
      return tree;
    }
  }
}
