package io.fedflow.permission;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.InputTable;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.JobPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Lets a party of this site take part in a job of another party only if that one was granted every
 * component that would run here and every table that would be read here. A party's own jobs, local
 * ones and those of party 0 need no permission. Thread-safe.
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
    String asks = plan.initiator().id();
    if (at.role().equals(Role.LOCAL) || asks.equals(at.id()) || asks.equals(NOBODY)) {
      return CompletableFuture.completedStage(Decision.allow());
    }
    return CompletableFuture.supplyAsync(() -> decide(at, plan, permissions.of(asks)), executor);
  }

  private Decision decide(Party at, JobPlan plan, Grants grants) {
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
    return missing.isEmpty()
        ? Decision.allow()
        : Decision.refuse(
            "party "
                + plan.initiator().id()
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
