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
 */
public record Grants(Set<String> components, Set<TableRef> tables) {

  /** Every module. */
  public static final String ALL = "*";

  /** Nothing. */
  public static final Grants NONE = new Grants(Set.of(), Set.of());

  /** Copies the collections. */
  public Grants {
    components = Collections.unmodifiableSet(new TreeSet<>(components));
    tables = Collections.unmodifiableSet(new LinkedHashSet<>(tables));
  }

  /** These and others. */
  Grants plus(Grants more) {
    return new Grants(joined(components, more.components), joined(tables, more.tables));
  }

  /** These without others; {@value #ALL} takes all modules away. */
  Grants minus(Grants less) {
    return new Grants(
        less.components.contains(ALL) ? Set.of() : without(components, less.components),
        without(tables, less.tables));
  }

  /** Tells whether nothing is granted. */
  boolean isEmpty() {
    return components.isEmpty() && tables.isEmpty();
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
