package io.fedflow.policy;

import java.util.Objects;

/**
 * Where a job does not meet a rule. Immutable.
 *
 * @param where what it is about: a component's parameter, a partner, a table
 * @param found what stands there, shortened
 * @param allowed what the rule allows
 */
public record PolicyFinding(String where, String found, String allowed) {

  private static final int MOST = 200;

  /** Shortens what was found. */
  public PolicyFinding {
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(allowed, "allowed");
    found = found.length() > MOST ? found.substring(0, MOST) + "…" : found;
  }

  /** {@code where: found …, allowed …}. */
  @Override
  public String toString() {
    return where + ": found " + found + ", allowed " + allowed;
  }
}
