package io.fedflow.dsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedMapTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 8, 9, 100})
  void holdsWhatItWasMadeOfInItsOrder(int size) {
    Map<String, Integer> source = source(size);

    Map<String, Integer> copy = OrderedMap.copyOf(source);

    assertEquals(source, copy);
    assertEquals(source.hashCode(), copy.hashCode());
    assertEquals(source.toString(), copy.toString());
    List<String> seen = new ArrayList<>();
    copy.forEach((key, value) -> seen.add(key + value));
    List<String> walked = new ArrayList<>();
    source.forEach((key, value) -> walked.add(key + value));
    assertEquals(walked, seen);
    for (String key : source.keySet()) {
      assertTrue(copy.containsKey(key));
      assertEquals(source.get(key), copy.get(key));
    }
    assertFalse(copy.containsKey("absent"));
    assertNull(copy.get("absent"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 9})
  void doesNotChange(int size) {
    Map<String, Integer> source = source(size);
    Map<String, Integer> copy = OrderedMap.copyOf(source);
    Map<String, Integer> before = new LinkedHashMap<>(source);

    source.put("later", 1);

    assertEquals(before, copy);
    assertThrows(UnsupportedOperationException.class, () -> copy.put("key", 1));
    if (size > 0) {
      assertThrows(UnsupportedOperationException.class, () -> copy.remove("key 0"));
      assertThrows(
          UnsupportedOperationException.class, () -> copy.entrySet().iterator().next().setValue(1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void isNotCopiedTwice(int size) {
    Map<String, Integer> copy = OrderedMap.copyOf(source(size));

    assertSame(copy, OrderedMap.copyOf(copy));
  }

  /** The last value is null, as JSON may have it. */
  private static Map<String, Integer> source(int size) {
    Map<String, Integer> source = new LinkedHashMap<>();
    for (int i = size - 1; i >= 0; i--) {
      source.put("key " + i, i == 0 ? null : Integer.valueOf(i));
    }
    return source;
  }
}
