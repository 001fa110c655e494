package io.fedflow.components.stepwise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which columns of a host and a guest are in a model. Immutable; equal to others of the same
 * columns.
 *
 * @param host one per column of the host
 * @param guest one per column of the guest
 */
public record Subset(List<Boolean> host, List<Boolean> guest) {

  /** Copies the lists. */
  public Subset {
    host = List.copyOf(host);
    guest = List.copyOf(guest);
  }

  /** All columns, or none. */
  static Subset uniform(int host, int guest, boolean in) {
    return new Subset(Collections.nCopies(host, in), Collections.nCopies(guest, in));
  }

  /** How many columns of both. */
  public int size() {
    return count(host) + count(guest);
  }

  /** Whether nothing is left out. */
  boolean complete() {
    return size() == host.size() + guest.size();
  }

  /** Without one column each: first those of the host. Neither side loses its last one. */
  List<Subset> withOneLess() {
    List<Subset> less = new ArrayList<>();
    if (count(host) > 1) {
      positions(host, true).forEach(i -> less.add(new Subset(with(host, i, false), guest)));
    }
    if (count(guest) > 1) {
      positions(guest, true).forEach(i -> less.add(new Subset(host, with(guest, i, false))));
    }
    return less;
  }

  /** With one column more each, first those of the host; of nothing, with one of each side. */
  List<Subset> withOneMore() {
    List<Subset> more = new ArrayList<>();
    if (size() == 0) {
      positions(host, false)
          .forEach(
              i ->
                  positions(guest, false)
                      .forEach(
                          j -> more.add(new Subset(with(host, i, true), with(guest, j, true)))));
      return more;
    }
    positions(host, false).forEach(i -> more.add(new Subset(with(host, i, true), guest)));
    positions(guest, false).forEach(i -> more.add(new Subset(host, with(guest, i, true))));
    return more;
  }

  /** The elements of {@code all} that a side of the subset has. */
  public static <T> List<T> chosen(List<T> all, List<Boolean> side) {
    return positions(side, true).stream().map(all::get).toList();
  }

  /** The elements of {@code all} that a side of the subset has not. */
  public static <T> List<T> left(List<T> all, List<Boolean> side) {
    return positions(side, false).stream().map(all::get).toList();
  }

  private static int count(List<Boolean> side) {
    return positions(side, true).size();
  }

  private static List<Integer> positions(List<Boolean> side, boolean in) {
    return IntStream.range(0, side.size()).filter(i -> side.get(i) == in).boxed().toList();
  }

  private static List<Boolean> with(List<Boolean> side, int at, boolean in) {
    List<Boolean> changed = new ArrayList<>(side);
    changed.set(at, in);
    return changed;
  }
}
