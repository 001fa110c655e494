package io.fedflow.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random graphs against definitions written out naively; the parameter is the seed. */
class DagPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** A random acyclic graph: edges follow a hidden order that differs from that of declaration. */
  private static boolean[][] acyclic(Random random, int size) {
    List<Integer> hidden = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(hidden, random);
    double density = random.nextDouble();
    boolean[][] needs = new boolean[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        needs[hidden.get(i)][hidden.get(j)] = random.nextDouble() < density;
      }
    }
    return needs;
  }

  private static Dag dag(boolean[][] needs) {
    List<String> names = IntStream.range(0, needs.length).mapToObj(i -> "n" + i).toList();
    Map<String, List<String>> upstream = new HashMap<>();
    for (int i = 0; i < needs.length; i++) {
      boolean[] row = needs[i];
      upstream.put(
          "n" + i,
          IntStream.range(0, row.length).filter(j -> row[j]).mapToObj(names::get).toList());
    }
    return Dag.of(names, upstream);
  }

  private static int longestPath(boolean[][] needs, int node) {
    int longest = 0;
    for (int j = 0; j < needs.length; j++) {
      if (needs[node][j]) {
        longest = Math.max(longest, 1 + longestPath(needs, j));
      }
    }
    return longest;
  }

  /** Warshall's closure: {@code [i][j]} tells whether {@code i} needs {@code j} in any way. */
  private static boolean[][] closure(boolean[][] needs) {
    int n = needs.length;
    boolean[][] closure = new boolean[n][];
    for (int i = 0; i < n; i++) {
      closure[i] = needs[i].clone();
    }
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          closure[i][j] |= closure[i][k] && closure[k][j];
        }
      }
    }
    return closure;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void levels_areLongestPaths_andOrderFollowsThem(long seed) {
    // given
    Random random = new Random(seed);
    int size = 1 + random.nextInt(9);
    boolean[][] needs = acyclic(random, size);

    // when
    Dag dag = dag(needs);

    // then
    List<Integer> expected = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    for (int i = 0; i < size; i++) {
      assertThat(dag.level(i)).isEqualTo(longestPath(needs, i));
      assertThat(dag.indexOf(dag.name(i))).isEqualTo(i);
    }
    expected.sort(
        Comparator.comparingInt((Integer i) -> longestPath(needs, i)).thenComparingInt(i -> i));
    assertThat(dag.topological()).isEqualTo(expected);
    assertThat(dag.topological())
        .allSatisfy(
            node ->
                assertThat(dag.upstream(node))
                    .allMatch(
                        up -> dag.topological().indexOf(up) < dag.topological().indexOf(node)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neighboursAndDescendants_areThoseOfTheMatrix(long seed) {
    // given
    Random random = new Random(seed);
    int size = 1 + random.nextInt(20);
    boolean[][] needs = acyclic(random, size);
    boolean[][] closure = closure(needs);

    // when
    Dag dag = dag(needs);

    // then
    for (int i = 0; i < size; i++) {
      int node = i;
      assertThat(dag.upstream(i))
          .isEqualTo(IntStream.range(0, size).filter(j -> needs[node][j]).boxed().toList());
      assertThat(dag.downstream(i))
          .isEqualTo(IntStream.range(0, size).filter(j -> needs[j][node]).boxed().toList());
      assertThat(dag.descendants(i).stream().boxed().toList())
          .isEqualTo(IntStream.range(0, size).filter(j -> closure[j][node]).boxed().toList());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ready_inAnyOrderOfStartsAndEnds_offersEveryNodeWhenItsUpstreamIsDone(long seed) {
    // given
    Random random = new Random(seed);
    int size = 1 + random.nextInt(20);
    boolean[][] needs = acyclic(random, size);
    Dag dag = dag(needs);
    BitSet started = new BitSet();
    BitSet done = new BitSet();

    while (done.cardinality() < size) {
      // then
      List<Integer> ready = dag.ready(done, started);
      assertThat(ready)
          .isEqualTo(
              IntStream.range(0, size)
                  .filter(i -> !started.get(i))
                  .filter(i -> IntStream.range(0, size).noneMatch(j -> needs[i][j] && !done.get(j)))
                  .boxed()
                  .toList());

      // when
      List<Integer> running = started.stream().filter(i -> !done.get(i)).boxed().toList();
      if (!ready.isEmpty() && (running.isEmpty() || random.nextBoolean())) {
        started.set(ready.get(random.nextInt(ready.size())));
      } else {
        done.set(running.get(random.nextInt(running.size())));
      }
    }
    assertThat(dag.ready(done, started)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void cycle_inAnyGraph_isFoundExactlyWhenThereIsOne_andFollowsEdges(long seed) {
    // given
    Random random = new Random(seed);
    int size = 2 + random.nextInt(10);
    boolean[][] needs = new boolean[size][size];
    for (int edges = random.nextInt(2 * size); edges > 0; edges--) {
      needs[random.nextInt(size)][random.nextInt(size)] = true;
    }
    boolean[][] closure = closure(needs);
    boolean cyclic = IntStream.range(0, size).anyMatch(i -> closure[i][i]);

    // when
    Dag.CycleException failure = catchThrowableOfType(Dag.CycleException.class, () -> dag(needs));

    // then
    assertThat(failure != null).isEqualTo(cyclic);
    if (failure != null) {
      List<Integer> cycle =
          failure.cycle().stream().map(name -> Integer.valueOf(name.substring(1))).toList();
      assertThat(cycle).hasSizeGreaterThan(1);
      assertThat(cycle.get(0)).isEqualTo(cycle.get(cycle.size() - 1));
      assertThat(cycle.subList(1, cycle.size())).doesNotHaveDuplicates();
      for (int i = 1; i < cycle.size(); i++) {
        assertThat(needs[cycle.get(i)][cycle.get(i - 1)]).isTrue();
      }
    }
  }

  @Test
  void longChain_ofHundredThousandNodes_needsNoStack() {
    // given
    int size = 100_000;
    List<String> names = IntStream.range(0, size).mapToObj(i -> "n" + i).toList();
    Map<String, List<String>> upstream = new HashMap<>();
    for (int i = 1; i < size; i++) {
      upstream.put("n" + i, List.of("n" + (i - 1)));
    }

    // when
    Dag dag = Dag.of(names, upstream);

    // then
    assertThat(dag.level(size - 1)).isEqualTo(size - 1);
    assertThat(dag.descendants(0).cardinality()).isEqualTo(size - 1);

    // when
    upstream.put("n0", List.of("n" + (size - 1)));
    Dag.CycleException failure =
        catchThrowableOfType(Dag.CycleException.class, () -> Dag.of(names, upstream));

    // then
    assertThat(failure.cycle()).hasSize(size + 1);
  }

  @Test
  void wideGraph_ofHundredThousandNodes_isTwoLevels() {
    // given
    List<String> names = IntStream.range(0, 100_000).mapToObj(i -> "n" + i).toList();
    Map<String, List<String>> upstream = new HashMap<>();
    names.stream().skip(1).forEach(name -> upstream.put(name, List.of("n0", "n0")));

    // when
    Dag dag = Dag.of(names, upstream);

    // then
    assertThat(dag.downstream(0)).hasSize(99_999);
    assertThat(dag.topological()).startsWith(0, 1, 2, 3);
    assertThat(dag.level(99_999)).isEqualTo(1);
  }

  @Test
  void of_unknownOrRepeatedName_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dag.of(List.of("a"), Map.of("a", List.of("b"))))
        .withMessageContaining("b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dag.of(List.of("a", "a"), Map.of()))
        .withMessageContaining("twice");
    assertThat(Dag.of(List.of(), Map.of()).topological()).isEmpty();
  }
}
