package io.fedflow.dsl;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.dag.Dag;
import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
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
    List<DslComponent> components = DslParser.parse(dsl, problems);
    Modules modules = Modules.find(components, catalog, problems);
    Wiring wiring = new Wiring(components, conf.settings(), problems);
    List<PlannedTask> tasks = tasks(conf, components, modules, wiring);
    Optional<Dag> graph = wiring.graph();
    problems.throwIfAny();

    Dag dag = graph.orElseThrow();
    List<PlannedTask> staged =
        tasks.stream().map(task -> task.atStage(dag.level(dag.indexOf(task.component())))).toList();
    return new JobPlan(
        conf.initiator(), conf.parties(), conf.settings(), staged, dag, problems.warnings());
  }

  private List<PlannedTask> tasks(
      JobConf conf, List<DslComponent> components, Modules modules, Wiring wiring) {
    boolean predict = conf.settings().jobType().equals("predict");
    ParameterSources sources = new ParameterSources(components, modules);
    ComponentParameters parameters = new ComponentParameters(conf.parameters(), problems);
    RoleRules rules = new RoleRules(conf.parties(), predict, problems);
    List<PlannedTask> tasks = new ArrayList<>();
    for (DslComponent component : components) {
      Optional<ComponentDescriptor> descriptor = modules.descriptor(component.name());
      List<Party> runners = runners(conf, descriptor);
      Map<Party, Map<String, Object>> params = Map.of();
      if (descriptor.isPresent()) {
        params = parameters.of(component.name(), sources.of(component), descriptor.get(), runners);
        if (conf.partiesComplete()) {
          rules.check(component, descriptor.get(), runners);
        }
      }
      tasks.add(task(component, modules, params, conf, wiring));
    }
    if (conf.partiesComplete()) {
      rules.checkArbiterApart(modules);
    }
    conf.tables().warnUnused(problems);
    new UnreadParameters(components, modules, sources, problems)
        .warn(conf.parameters(), conf.parties().all(), predict);
    return tasks;
  }

  private PlannedTask task(
      DslComponent component,
      Modules modules,
      Map<Party, Map<String, Object>> params,
      JobConf conf,
      Wiring wiring) {
    List<Party> runners = List.copyOf(params.keySet());
    wiring.caches(component);
    return new PlannedTask(
        component.name(),
        modules.name(component.name()),
        params,
        wiring.data(component, args -> conf.tables().bind(args, runners, problems)),
        wiring.models(component, component.models()),
        wiring.models(component, component.isometric()),
        component.dataOutputs(),
        component.modelOutputs(),
        component.needDeploy(),
        0);
  }

  private static List<Party> runners(JobConf conf, Optional<ComponentDescriptor> descriptor) {
    return conf.parties().all().stream()
        .filter(party -> descriptor.isPresent() && descriptor.get().roles().contains(party.role()))
        .toList();
  }

  private Set<String> knownRoles() {
    return catalog.components().stream()
        .map(Component::descriptor)
        .flatMap(descriptor -> descriptor.roles().stream())
        .map(Role::name)
        .collect(Collectors.toSet());
  }
}
