package io.fedflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

/**
 * Compares rows by their text: a codec may read a whole number as an {@code Integer} or a {@code
 * Long}, which differ for {@code equals} but are the same JSON.
 */
final class SameRows {

  private SameRows() {}

  static void assertSame(Optional<?> actual, Object expected) {
    assertThat(actual).isPresent();
    assertSame(List.of(actual.orElseThrow()), List.of(expected));
  }

  static void assertSame(List<?> actual, List<?> expected) {
    assertThat(texts(actual)).containsExactlyElementsOf(texts(expected));
  }

  private static List<String> texts(List<?> rows) {
    return rows.stream().map(Object::toString).toList();
  }
}
