package io.fedflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.model.TreeDiff.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreeDiffTest {

  private static Map<String, Object> tree(Object... entries) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      tree.put((String) entries[i], entries[i + 1]);
    }
    return tree;
  }

  private static Change change(String path, Object one, Object other) {
    return new Change(path, Optional.ofNullable(one), Optional.ofNullable(other));
  }

  @Test
  void equalTrees_differNowhere() {
    Map<String, Object> tree =
        tree("a", List.of(1, 2.5, "x"), "b", tree("c", null, "d", true), "e", Map.of());
    TreeDiff diff = TreeDiff.of(tree, tree, 10);
    assertThat(diff.changes()).isEmpty();
    assertThat(diff.changed()).isZero();
    assertThat(diff.values()).isEqualTo(6);
    assertThat(diff.distance()).isZero();
    assertThat(diff.largest()).isEmpty();
    assertThat(TreeDiff.of(null, null, 10).changed()).isZero();
  }

  @Test
  void changes_areToldInOrderWithBothValues() {
    TreeDiff diff =
        TreeDiff.of(
            tree("w", List.of(1.0, 2.0), "name", "one", "gone", tree("x", 1), "n", 3),
            tree("w", List.of(4.0, 2, -4.0), "name", "two", "n", 3.0, "new", false),
            10);
    assertThat(diff.changes())
        .containsExactly(
            change("w/0", 1.0, 4.0),
            change("w/2", null, -4.0),
            change("name", "one", "two"),
            change("gone/x", 1, null),
            change("new", null, false));
    assertThat(diff.values()).isEqualTo(7);
    assertThat(diff.changed()).isEqualTo(5);
    assertThat(diff.largest()).contains(change("w/0", 1.0, 4.0));
    assertThat(diff.distance()).isEqualTo(3);
  }

  @Test
  void valuesOfOtherForms_areOneChange() {
    TreeDiff diff =
        TreeDiff.of(tree("a", List.of(1, 2), "b", tree("x", 1)), tree("a", 5, "b", 6), 9);
    assertThat(diff.changes())
        .containsExactly(change("a", List.of(1, 2), 5), change("b", Map.of("x", 1), 6));
    assertThat(TreeDiff.of(tree("a", List.of()), tree("a", Map.of()), 9).changed()).isEqualTo(1);
  }

  @Test
  void moreChangesThanAreWanted_areCounted() {
    List<Object> one = new ArrayList<>();
    List<Object> other = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      one.add(0.0);
      other.add((double) i);
    }
    TreeDiff diff = TreeDiff.of(one, other, 3);
    assertThat(diff.changes()).hasSize(3);
    assertThat(diff.changed()).isEqualTo(999);
    assertThat(diff.largest()).contains(change("999", 0.0, 999.0));
  }

  @Test
  void numbers_areComparedAsTheyAre() {
    assertThat(TreeDiff.of(1, 1.0, 1).changed()).isZero();
    assertThat(TreeDiff.of(Double.NaN, Double.NaN, 1).changed()).isZero();
    assertThat(TreeDiff.of(Long.MAX_VALUE, Long.MAX_VALUE - 1, 1).changed()).isEqualTo(1);
    TreeDiff infinite = TreeDiff.of(1.0, Double.POSITIVE_INFINITY, 1);
    assertThat(infinite.changed()).isEqualTo(1);
    assertThat(infinite.distance()).isZero();
    assertThat(TreeDiff.of(1, "1", 1).changed()).isEqualTo(1);
  }
}
