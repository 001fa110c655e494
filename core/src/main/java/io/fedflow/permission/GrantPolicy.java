package io.fedflow.permission;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.InputTable;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.ModelAsked;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets a party of this site take part in a job of another party only if that one was granted every
 * component that would run here and every table that would be read here, and if neither its role
 * nor the command was taken from it. The same holds for models. A party's own jobs, local ones and
 * those of party 0 need no permission. Thread-safe.
 */
public final class GrantPolicy implements JobPolicy {

  /** FATE's party of a site's own services. */
  private static final String NOBODY = "0";

  private final PermissionManager permissions;
  private final Supplier<ComponentCatalog> catalog;
  private final Executor executor;

  /**
   * A policy over these permissions.
   *
   * @param catalog tells which names mean one component
   * @param executor runs the blocking look-ups
   */
  public GrantPolicy(
      PermissionManager permissions, Supplier<ComponentCatalog> catalog, Executor executor) {
    this.permissions = permissions;
    this.catalog = catalog;
    this.executor = executor;
  }

  @Override
  public CompletionStage<Decision> decide(Party at, String jobId, JobPlan plan) {
    return decide(at, plan, "create");
  }

  @Override
  public CompletionStage<Decision> again(Party at, String jobId, JobPlan plan) {
    return decide(at, plan, "run");
  }

  @Override
  public CompletionStage<Decision> about(Party at, ModelAsked asked) {
    String asks = asked.initiator().id();
    return ask(
        at,
        asks,
        grants -> {
          List<String> missing = missing(grants, asked.command().text(), asks, asked.parties());
          asked.modules().stream()
              .filter(module -> !grants.allows(moduleOf(module)))
              .forEach(module -> missing.add("component " + module));
          return missing;
        });
  }

  private CompletionStage<Decision> decide(Party at, JobPlan plan, String command) {
    String asks = plan.initiator().id();
    return ask(
        at,
        asks,
        grants -> {
          List<String> missing = missing(grants, command, asks, plan.parties());
          missing.addAll(missing(grants, at, plan));
          return missing;
        });
  }

  private CompletionStage<Decision> ask(
      Party at, String asks, Function<Grants, List<String>> check) {
    if (at.role().equals(Role.LOCAL) || asks.equals(at.id()) || asks.equals(NOBODY)) {
      return CompletableFuture.completedStage(Decision.allow());
    }
    return CompletableFuture.supplyAsync(
        () -> decision(asks, check.apply(permissions.of(asks))), executor);
  }

  private static List<String> missing(Grants grants, String command, String asks, Parties parties) {
    List<String> missing = new ArrayList<>();
    if (!grants.commands().allows(command)) {
      missing.add("command " + command);
    }
    parties.all().stream()
        .filter(party -> party.id().equals(asks))
        .map(party -> party.role().name())
        .filter(role -> !grants.roles().allows(role))
        .forEach(role -> missing.add("role " + role));
    return missing;
  }

  private List<String> missing(Grants grants, Party at, JobPlan plan) {
    List<String> missing = new ArrayList<>();
    for (PlannedTask task : plan.tasks()) {
      if (task.runsAt(at)) {
        if (!grants.allows(moduleOf(task.module()))) {
          missing.add("component " + task.module());
        }
        InputTable.of(task, at).stream()
            .filter(table -> !granted(grants, table))
            .forEach(table -> missing.add(table.toString()));
      }
    }
    return missing;
  }

  private static Decision decision(String asks, List<String> missing) {
    return missing.isEmpty()
        ? Decision.allow()
        : Decision.refuse(
            "party "
                + asks
                + " was not granted "
                + String.join(", ", missing.stream().distinct().toList()));
  }

  private String moduleOf(String name) {
    return moduleOf(catalog.get(), name).orElse(name.toLowerCase(Locale.ROOT));
  }

  /**
   * The name under which permissions keep a component.
   *
   * @param name any of the component's names, in any case
   * @return empty if there is no such component
   */
  public static Optional<String> moduleOf(ComponentCatalog catalog, String name) {
    return catalog.names().stream()
        .filter(known -> known.equalsIgnoreCase(name))
        .findFirst()
        .flatMap(catalog::find)
        .map(component -> component.descriptor().module().toLowerCase(Locale.ROOT));
  }

  /** Outputs of earlier jobs cannot be granted: nobody can tell what they were made of. */
  private static boolean granted(Grants grants, InputTable table) {
    return table instanceof InputTable.Stored stored && grants.allows(stored.table());
  }
}
