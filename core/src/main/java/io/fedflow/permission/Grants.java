package io.fedflow.permission;

import io.fedflow.dsl.TableRef;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one party may do at this site. Immutable.
 *
 * @param components modules in lower case, sorted; {@value #ALL} stands for all
 * @param tables stored tables, in the order in which they were granted
 * @param roles in which roles the party may take part in jobs that it submits
 * @param commands what it may ask for, of {@link #COMMANDS}
 */
public record Grants(Set<String> components, Set<TableRef> tables, Limit roles, Limit commands) {

  /** The roles that can be granted. */
  public static final Set<String> ROLES = Set.of("guest", "host", "arbiter");

  /**
   * The commands that can be granted: to create a job, to run one again, to deploy, load or migrate
   * a model. To stop a job is nobody's privilege: whose data it works on may always do so.
   */
  public static final Set<String> COMMANDS = Set.of("create", "run", "deploy", "load", "migrate");

  /** Every module. */
  public static final String ALL = "*";

  /** Nothing. */
  public static final Grants NONE = new Grants(Set.of(), Set.of());

  /** Components and tables, in any role, by any command. */
  public Grants(Set<String> components, Set<TableRef> tables) {
    this(components, tables, Limit.NONE, Limit.NONE);
  }

  /** Copies the collections. */
  public Grants {
    components = Collections.unmodifiableSet(new TreeSet<>(components));
    tables = Collections.unmodifiableSet(new LinkedHashSet<>(tables));
  }

  /** These and others. */
  Grants plus(Grants more) {
    return new Grants(
        joined(components, more.components),
        joined(tables, more.tables),
        roles.plus(more.roles),
        commands.plus(more.commands));
  }

  /** These without others; {@value #ALL} takes all modules away. */
  Grants minus(Grants less) {
    return new Grants(
        less.components.contains(ALL) ? Set.of() : without(components, less.components),
        without(tables, less.tables),
        roles.minus(less.roles, ROLES),
        commands.minus(less.commands, COMMANDS));
  }

  /** Tells whether nothing is granted. */
  boolean isEmpty() {
    return components.isEmpty() && tables.isEmpty() && !roles.limited() && !commands.limited();
  }

  /** Tells whether a module may run, given in lower case. */
  boolean allows(String module) {
    return components.contains(ALL) || components.contains(module);
  }

  /** Tells whether a table may be read. */
  boolean allows(TableRef table) {
    return tables.contains(table);
  }

  private static <T> Set<T> joined(Collection<T> some, Collection<T> more) {
    Set<T> all = new LinkedHashSet<>(some);
    all.addAll(more);
    return all;
  }

  private static <T> Set<T> without(Collection<T> all, Collection<T> less) {
    Set<T> rest = new LinkedHashSet<>(all);
    rest.removeAll(less);
    return rest;
  }
}
