package io.fedflow.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DagTest {

  @Test
  void diamond_hasLevelsOrderAndDescendants() {
    Dag dag =
        Dag.of(
            List.of("a", "b", "c", "d"),
            Map.of("b", List.of("a"), "c", List.of("a"), "d", List.of("b", "c")));
    assertThat(dag.topological()).containsExactly(0, 1, 2, 3);
    assertThat(dag.level(3)).isEqualTo(2);
    assertThat(dag.descendants(0).cardinality()).isEqualTo(3);
    assertThat(dag.ready(new BitSet(), new BitSet())).containsExactly(0);
  }

  @Test
  void cycle_isNamed() {
    assertThatThrownBy(
            () -> Dag.of(List.of("a", "b"), Map.of("a", List.of("b"), "b", List.of("a"))))
        .isInstanceOf(Dag.CycleException.class)
        .hasMessageContaining("a -> b -> a");
  }
}
