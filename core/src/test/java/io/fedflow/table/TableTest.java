package io.fedflow.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableTest {

  /** In UTF-8 the last two stand the other way round than as UTF-16. */
  private static final String[] ORDERED = {"", "10", "9", "a", "b", "é", "\uffee", "\ud83d\ude00"};

  private static Table of(String... ids) {
    double[] values = new double[ids.length];
    for (int i = 0; i < ids.length; i++) {
      values[i] = i;
    }
    return new Table(
        new TableSchema(TableKind.INSTANCE, "id", List.of(ColumnSpec.feature("x", "x")), ","),
        ids,
        List.of(new Column.Numbers(values)));
  }

  @Test
  void sortedById_isInTheOrderOfBytes_andItselfIfItIsAlready() {
    Table shuffled = of("b", "\ud83d\ude00", "9", "\uffee", "", "é", "10", "a");
    assertThat(shuffled.sortedById().ids()).containsExactly(ORDERED);
    assertThat(shuffled.sortedById().numbers("x")).containsExactly(4, 6, 2, 7, 0, 5, 3, 1);
    Table ordered = of(ORDERED);
    assertThat(ordered.sortedById()).isSameAs(ordered);
  }

  @Test
  void selectById_isWhatSelectingAndSortingGive() {
    Table table = of("b", "\ud83d\ude00", "9", "\uffee", "", "é", "10", "a");
    for (int[] rows : new int[][] {{}, {3}, {1, 3}, {7, 6, 0, 2}, {4, 6, 2, 7, 0, 5, 3, 1}}) {
      Table expected = table.select(rows).sortedById();
      assertThat(table.selectById(rows).ids()).containsExactly(expected.ids());
      assertThat(table.selectById(rows).numbers("x")).containsExactly(expected.numbers("x"));
    }
  }

  @Test
  void sortedById_isTheOrderOfBytes_ofAnyTexts() {
    String[] letters = {"?", "a", "é", "\uffee", "\ud83d", "\ude00", "\ud83d\ude00"};
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      Set<String> texts = new LinkedHashSet<>();
      for (int i = 0; i < 40; i++) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
          text.append(letters[random.nextInt(letters.length)]);
        }
        texts.add(text.toString());
      }
      String[] ids = texts.toArray(String[]::new);
      // Texts of the same bytes stay in the order in which they came.
      String[] expected = ids.clone();
      Arrays.sort(
          expected,
          (one, other) ->
              Arrays.compareUnsigned(
                  one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));
      assertThat(of(ids).sortedById().ids()).as("round %s", round).containsExactly(expected);
    }
  }
}
