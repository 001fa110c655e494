package io.fedflow.dag;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A directed acyclic graph over named nodes, indexed by integers in order of declaration.
 * Immutable. Building costs O(nodes + edges).
 */
public final class Dag {

  private static final int[] NONE = {};

  private final List<String> names;
  private final Map<String, Integer> indexes;
  private final int[][] downstream;
  private final int[][] upstream;
  private final int[] level;
  private final int[] order;

  private Dag(
      List<String> names,
      Map<String, Integer> indexes,
      int[][] downstream,
      int[][] upstream,
      int[] level,
      int[] order) {
    this.names = names;
    this.indexes = indexes;
    this.downstream = downstream;
    this.upstream = upstream;
    this.level = level;
    this.order = order;
  }

  /**
   * Builds a graph.
   *
   * @param names unique node names
   * @param upstreamOf for each node, the names of the nodes it needs; names that are not nodes are
   *     an error
   * @throws IllegalArgumentException if a name is unknown or listed twice
   * @throws CycleException if the edges hold a cycle; it names one
   */
  public static Dag of(List<String> names, Map<String, ? extends Collection<String>> upstreamOf) {
    Map<String, Integer> indexes = new HashMap<>();
    for (String name : names) {
      if (indexes.putIfAbsent(name, indexes.size()) != null) {
        throw new IllegalArgumentException("node " + name + " is declared twice");
      }
    }
    int n = names.size();
    int[][] upstream = new int[n][];
    int[] outDegree = new int[n];
    for (int i = 0; i < n; i++) {
      Collection<String> needed = upstreamOf.get(names.get(i));
      upstream[i] = needed == null ? NONE : indexes(needed, indexes);
      for (int u : upstream[i]) {
        outDegree[u]++;
      }
    }
    int[][] downstream = new int[n][];
    for (int i = 0; i < n; i++) {
      downstream[i] = new int[outDegree[i]];
    }
    int[] filled = new int[n];
    for (int i = 0; i < n; i++) {
      for (int u : upstream[i]) {
        downstream[u][filled[u]++] = i;
      }
    }
    int[] level = new int[n];
    int[] order = sort(upstream, downstream, level);
    if (order.length < n) {
      throw new CycleException(cycle(names, upstream, order));
    }
    return new Dag(List.copyOf(names), indexes, downstream, upstream, level, order);
  }

  /** The indexes of names, each once, ascending. */
  private static int[] indexes(Collection<String> names, Map<String, Integer> indexes) {
    if (names.size() == 1) {
      return new int[] {require(indexes, names.iterator().next())};
    }
    return names.stream().distinct().mapToInt(name -> require(indexes, name)).sorted().toArray();
  }

  private static int require(Map<String, Integer> indexes, String name) {
    Integer index = indexes.get(name);
    if (index == null) {
      throw new IllegalArgumentException("node " + name + " is unknown");
    }
    return index;
  }

  /** Kahn's algorithm; returns fewer nodes than there are if and only if there is a cycle. */
  private static int[] sort(int[][] upstream, int[][] downstream, int[] level) {
    int n = upstream.length;
    int[] missing = new int[n];
    int[] order = new int[n];
    int head = 0;
    int tail = 0;
    for (int i = 0; i < n; i++) {
      missing[i] = upstream[i].length;
      if (missing[i] == 0) {
        order[tail++] = i;
      }
    }
    while (head < tail) {
      int node = order[head++];
      for (int next : downstream[node]) {
        level[next] = Math.max(level[next], level[node] + 1);
        if (--missing[next] == 0) {
          order[tail++] = next;
        }
      }
    }
    return byLevel(Arrays.copyOf(order, tail), level);
  }

  /** Counting sort: levels ascending, and declaration order inside a level. */
  private static int[] byLevel(int[] order, int[] level) {
    int levels = order.length == 0 ? 0 : level[order[order.length - 1]] + 1;
    int[] start = new int[levels + 1];
    for (int node : order) {
      start[level[node] + 1]++;
    }
    for (int i = 0; i < levels; i++) {
      start[i + 1] += start[i];
    }
    Arrays.sort(order);
    int[] sorted = new int[order.length];
    for (int node : order) {
      sorted[start[level[node]]++] = node;
    }
    return sorted;
  }

  /**
   * Walks upstream among the nodes that could not be sorted: every one of them has such an
   * upstream.
   */
  private static List<String> cycle(List<String> names, int[][] upstream, int[] sorted) {
    BitSet done = new BitSet(names.size());
    Arrays.stream(sorted).forEach(done::set);
    int node = done.nextClearBit(0);
    Map<Integer, Integer> seenAt = new HashMap<>();
    List<Integer> path = new ArrayList<>();
    while (!seenAt.containsKey(node)) {
      seenAt.put(node, path.size());
      path.add(node);
      for (int u : upstream[node]) {
        if (!done.get(u)) {
          node = u;
          break;
        }
      }
    }
    List<String> cycle = new ArrayList<>();
    cycle.add(names.get(node));
    for (int i = path.size() - 1; i >= seenAt.get(node); i--) {
      cycle.add(names.get(path.get(i)));
    }
    return cycle;
  }

  /** How many nodes. */
  public int size() {
    return names.size();
  }

  /** A node's name. */
  public String name(int node) {
    return names.get(node);
  }

  /**
   * A node's index.
   *
   * @throws IllegalArgumentException if there is no such node
   */
  public int indexOf(String name) {
    return require(indexes, name);
  }

  /** Tells whether a name is a node. */
  public boolean contains(String name) {
    return indexes.containsKey(name);
  }

  /** The nodes that a node needs, ascending. */
  public List<Integer> upstream(int node) {
    return Arrays.stream(upstream[node]).boxed().toList();
  }

  /** The nodes that need a node, ascending. */
  public List<Integer> downstream(int node) {
    return Arrays.stream(downstream[node]).boxed().toList();
  }

  /** The length of the longest path from a source; 0 for sources. */
  public int level(int node) {
    return level[node];
  }

  /** All nodes, level by level, and in order of declaration inside a level. */
  public List<Integer> topological() {
    return Arrays.stream(order).boxed().toList();
  }

  /** The nodes outside {@code started} whose upstream nodes are all in {@code done}, ascending. */
  public List<Integer> ready(BitSet done, BitSet started) {
    List<Integer> ready = new ArrayList<>();
    for (int i = started.nextClearBit(0); i < names.size(); i = started.nextClearBit(i + 1)) {
      if (Arrays.stream(upstream[i]).allMatch(done::get)) {
        ready.add(i);
      }
    }
    return ready;
  }

  /** Everything that needs a node, directly or not, without the node itself. */
  public BitSet descendants(int node) {
    BitSet found = new BitSet(names.size());
    ArrayDeque<Integer> open = new ArrayDeque<>();
    open.add(node);
    while (!open.isEmpty()) {
      for (int next : downstream[open.poll()]) {
        if (!found.get(next)) {
          found.set(next);
          open.add(next);
        }
      }
    }
    return found;
  }

  /** The edges hold a cycle. */
  public static final class CycleException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> cycle;

    CycleException(List<String> cycle) {
      super("cycle " + String.join(" -> ", cycle));
      this.cycle = List.copyOf(cycle);
    }

    /** The nodes of one cycle along the edges; the first is repeated at the end. */
    public List<String> cycle() {
      return cycle;
    }
  }
}
