package io.fedflow.permission;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names that are allowed, or all as long as nobody limited them: FATE grants components and tables
 * only, and whoever grants nothing else must not be shut out. Immutable.
 *
 * @param limited whether only the names are allowed
 * @param names sorted; empty without a limit
 */
public record Limit(boolean limited, Set<String> names) {

  /** All names. */
  public static final Limit NONE = new Limit(false, Set.of());

  /** Copies the set. */
  public Limit {
    names = Collections.unmodifiableSet(new TreeSet<>(names));
  }

  /** These names; none at all is no limit. */
  public static Limit of(Set<String> names) {
    return names.isEmpty() ? NONE : new Limit(true, names);
  }

  /** These names and others; {@value Grants#ALL} lifts the limit. */
  Limit plus(Limit more) {
    if (!more.limited) {
      return this;
    }
    if (more.names.contains(Grants.ALL)) {
      return NONE;
    }
    Set<String> all = new TreeSet<>(names);
    all.addAll(more.names);
    return new Limit(true, all);
  }

  /**
   * These names without others; {@value Grants#ALL} takes all away.
   *
   * @param known all names that there are, of which those are left that are not taken away
   */
  Limit minus(Limit less, Set<String> known) {
    if (!less.limited) {
      return this;
    }
    Set<String> rest = new TreeSet<>(limited ? names : known);
    rest.removeAll(less.names.contains(Grants.ALL) ? Set.copyOf(rest) : less.names);
    return new Limit(true, rest);
  }

  /** Tells whether a name is allowed. */
  boolean allows(String name) {
    return !limited || names.contains(name);
  }
}
