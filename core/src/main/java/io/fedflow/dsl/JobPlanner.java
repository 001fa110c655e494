package io.fedflow.dsl;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.dag.Dag;
import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns job documents into a plan. Pure: reads no clock, no store and nothing of a party; the same
 * documents and catalog always give the same plan. Costs O(documents + components × parties).
 */
public final class JobPlanner {

  private final ComponentCatalog catalog;
  private final Problems problems = new Problems();

  private JobPlanner(ComponentCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Checks documents and plans their job.
   *
   * @param documents a DSL and a runtime conf, both of version 1 or both of version 2; {@code
   *     dsl_version} of the conf tells, its absence means 1. For a predict job the effective
   *     documents: inference DSL and merged conf. Read, not retained
   * @param catalog the components that the parties can run
   * @return the plan, with warnings about everything that has no effect
   * @throws io.fedflow.failure.ProblemsException with everything that is wrong, each with a JSON
   *     pointer into {@code dsl} or {@code conf}
   */
  public static JobPlan plan(JobDocuments documents, ComponentCatalog catalog) {
    return new JobPlanner(catalog).plan(documents);
  }

  private JobPlan plan(JobDocuments documents) {
    DocumentNode dsl = DocumentCopy.of("dsl", documents.dsl(), problems);
    DocumentNode confNode = DocumentCopy.of("conf", documents.conf(), problems);
    // What is no JSON was cut out: what is left may be misleading.
    problems.throwIfAny();

    JobConf conf = RuntimeConfParser.parse(confNode, knownRoles(), problems);
    Map<String, DslComponent> components = DslParser.parse(dsl, problems);
    Modules modules = Modules.find(components.values(), catalog, problems);
    Wiring wiring = new Wiring(components, conf.settings(), problems);
    List<Wired> wired = wire(conf, components, modules, wiring);
    Optional<Dag> graph = wiring.graph();
    problems.throwIfAny();

    Dag dag = graph.orElseThrow();
    List<PlannedTask> tasks = new ArrayList<>(wired.size());
    for (Wired task : wired) {
      // The graph has the components in the order of the DSL, as this list.
      tasks.add(task.planned(modules, dag.level(tasks.size())));
    }
    return new JobPlan(
        conf.initiator(), conf.parties(), conf.settings(), tasks, dag, problems.warnings());
  }

  private List<Wired> wire(
      JobConf conf, Map<String, DslComponent> components, Modules modules, Wiring wiring) {
    boolean predict = conf.settings().jobType().equals("predict");
    ParameterSources sources = new ParameterSources(components, modules);
    ComponentParameters parameters = new ComponentParameters(conf.parameters(), problems);
    RoleRules rules = new RoleRules(conf.parties(), predict, problems);
    Map<Set<Role>, List<Party>> byRoles = new HashMap<>();
    List<Wired> tasks = new ArrayList<>(components.size());
    for (DslComponent component : components.values()) {
      Optional<ComponentDescriptor> descriptor = modules.descriptor(component.name());
      List<Party> runners =
          byRoles.computeIfAbsent(
              descriptor.map(ComponentDescriptor::roles).orElse(Set.of()),
              roles -> conf.parties().restrictedTo(roles).all());
      Map<Party, Map<String, Object>> params = Map.of();
      if (descriptor.isPresent()) {
        params = parameters.of(component.name(), sources.of(component), descriptor.get(), runners);
        if (conf.partiesComplete()) {
          rules.check(component, descriptor.get(), runners);
        }
      }
      tasks.add(wire(component, params, conf, wiring));
    }
    if (conf.partiesComplete()) {
      rules.checkArbiterApart(modules);
    }
    conf.tables().warnUnused(problems);
    new UnreadParameters(components, modules, sources, problems)
        .warn(conf.parameters(), conf.parties().all(), predict);
    return tasks;
  }

  private Wired wire(
      DslComponent component, Map<Party, Map<String, Object>> params, JobConf conf, Wiring wiring) {
    return new Wired(
        component,
        params,
        wiring.data(
            component, args -> conf.tables().bind(args, List.copyOf(params.keySet()), problems)),
        wiring.models(component, component.models()),
        wiring.models(component, component.isometric()),
        wiring.caches(component));
  }

  /** A component whose references are looked up, but whose place in the graph is not known yet. */
  private record Wired(
      DslComponent component,
      Map<Party, Map<String, Object>> params,
      List<DataEdge> data,
      List<ModelEdge> models,
      List<ModelEdge> isometric,
      List<CacheEdge> caches) {

    PlannedTask planned(Modules modules, int stage) {
      return new PlannedTask(
          component.name(),
          modules.name(component.name()),
          params,
          data,
          models,
          isometric,
          caches,
          component.dataOutputs(),
          component.modelOutputs(),
          component.cacheOutputs(),
          component.needDeploy(),
          stage);
    }
  }

  private Set<String> knownRoles() {
    return catalog.components().stream()
        .map(Component::descriptor)
        .flatMap(descriptor -> descriptor.roles().stream())
        .map(Role::name)
        .collect(Collectors.toSet());
  }
}
