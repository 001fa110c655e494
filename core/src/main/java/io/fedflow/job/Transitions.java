package io.fedflow.job;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A transition table as data: which status may follow which. Immutable but for the record of
 * visited edges, which tests read. Thread-safe.
 *
 * @param <S> the statuses
 */
public final class Transitions<S extends Enum<S>> {

  private final Class<S> type;
  private final Predicate<S> terminal;
  private final Map<S, Set<S>> edges;
  private final Set<String> visited = ConcurrentHashMap.newKeySet();

  private Transitions(Class<S> type, Predicate<S> terminal, Map<S, Set<S>> edges) {
    this.type = type;
    this.terminal = terminal;
    this.edges = edges;
  }

  static <S extends Enum<S>> Builder<S> of(Class<S> type, Predicate<S> terminal) {
    return new Builder<>(type, terminal);
  }

  /** Tells whether {@code to} may follow {@code from}; an allowed move counts as visited. */
  public boolean allows(S from, S to) {
    boolean allowed = edges.getOrDefault(from, Set.of()).contains(to);
    if (allowed) {
      visited.add(edge(from, to));
    }
    return allowed;
  }

  /**
   * Tells whether {@code to} follows {@code from} in one step or several, none of them out of a
   * terminal status: who hears of it may have missed what was between. The steps count as visited.
   */
  public boolean leads(S from, S to) {
    if (terminal.test(from)) {
      return false;
    }
    if (allows(from, to)) {
      return true;
    }
    for (S next : edges.getOrDefault(from, Set.of())) {
      if (leads(next, to)) {
        return allows(from, next);
      }
    }
    return false;
  }

  /** The edges that no move took yet, as {@code FROM --> TO}; for tests. */
  public Set<String> unvisited() {
    Set<String> left = new TreeSet<>();
    edges.forEach((from, tos) -> tos.forEach(to -> left.add(edge(from, to))));
    left.removeAll(visited);
    return left;
  }

  /** The table as a Mermaid state diagram. */
  public String toMermaid() {
    StringBuilder text = new StringBuilder("stateDiagram-v2\n");
    for (S from : type.getEnumConstants()) {
      for (S to : edges.getOrDefault(from, Set.of())) {
        text.append("    ").append(edge(from, to)).append('\n');
      }
    }
    return text.toString();
  }

  private static String edge(Enum<?> from, Enum<?> to) {
    return from.name() + " --> " + to.name();
  }

  /** Collects edges. Not thread-safe. */
  static final class Builder<S extends Enum<S>> {

    private final Class<S> type;
    private final Predicate<S> terminal;
    private final Map<S, Set<S>> edges;

    private Builder(Class<S> type, Predicate<S> terminal) {
      this.type = type;
      this.terminal = terminal;
      this.edges = new EnumMap<>(type);
    }

    /** Edges from one status. */
    @SafeVarargs
    final Builder<S> on(S from, S... to) {
      if (terminal.test(from)) {
        throw new IllegalArgumentException(from + " is terminal and has no exit");
      }
      return edges(from, to);
    }

    /** Edges out of a terminal status that only an explicit rerun takes. */
    @SafeVarargs
    final Builder<S> onRerun(S from, S... to) {
      return edges(from, to);
    }

    @SafeVarargs
    private Builder<S> edges(S from, S... to) {
      Set<S> set = edges.computeIfAbsent(from, f -> EnumSet.noneOf(type));
      for (S one : to) {
        if (!set.add(one)) {
          throw new IllegalArgumentException("edge " + edge(from, one) + " stands twice");
        }
      }
      return this;
    }

    Transitions<S> build() {
      edges.replaceAll((from, tos) -> Collections.unmodifiableSet(tos));
      return new Transitions<>(type, terminal, edges);
    }
  }
}
