package io.fedflow.dsl;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Immutable maps that keep the order of their entries and may hold null values. Documents and plans
 * consist of very many with one to a few entries: those take a third of the memory of a {@link
 * LinkedHashMap}, and are searched as fast.
 *
 * @param <K> never null
 * @param <V> may be null
 */
final class OrderedMap<K, V> extends AbstractMap<K, V> {

  /** Up to here looking at each key costs no more than a hash. */
  private static final int SMALL = 8;

  /** Keys at even places, each followed by its value. */
  private final Object[] entries;

  private OrderedMap(Map<? extends K, ? extends V> map) {
    entries = new Object[2 * map.size()];
    int next = 0;
    for (Map.Entry<? extends K, ? extends V> entry : map.entrySet()) {
      entries[next++] = entry.getKey();
      entries[next++] = entry.getValue();
    }
  }

  /** A copy of a map, or the map itself if it is such a copy. */
  @SuppressWarnings("unchecked")
  static <K, V> Map<K, V> copyOf(Map<? extends K, ? extends V> map) {
    if (map instanceof OrderedMap) {
      return (Map<K, V>) map;
    }
    return map.size() <= SMALL
        ? new OrderedMap<>(map)
        : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  @Override
  public int size() {
    return entries.length / 2;
  }

  @Override
  public boolean containsKey(Object key) {
    return find(key) >= 0;
  }

  @Override
  public V get(Object key) {
    int place = find(key);
    return place < 0 ? null : value(place);
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> action) {
    for (int place = 0; place < entries.length; place += 2) {
      action.accept(key(place), value(place));
    }
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return OrderedMap.this.size();
      }

      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return new Entries();
      }
    };
  }

  private int find(Object key) {
    for (int place = 0; place < entries.length; place += 2) {
      if (entries[place].equals(key)) {
        return place;
      }
    }
    return -1;
  }

  @SuppressWarnings("unchecked")
  private K key(int place) {
    return (K) entries[place];
  }

  @SuppressWarnings("unchecked")
  private V value(int place) {
    return (V) entries[place + 1];
  }

  private final class Entries implements Iterator<Map.Entry<K, V>> {

    private int place;

    @Override
    public boolean hasNext() {
      return place < entries.length;
    }

    @Override
    public Map.Entry<K, V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Map.Entry<K, V> entry = new SimpleImmutableEntry<>(key(place), value(place));
      place += 2;
      return entry;
    }
  }
}
